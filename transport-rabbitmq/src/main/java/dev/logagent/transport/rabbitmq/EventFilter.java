package dev.logagent.transport.rabbitmq;

import dev.logagent.api.Level;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.option.Options;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which events a rule is for: those that meet every condition that it states. Immutable. */
record EventFilter(
        Set<Level> levels,
        List<Pattern> sources,
        List<Pattern> services,
        List<Pattern> components,
        List<Pattern> regions,
        Map<String, Pattern> tags) {

    /** @param rule what the configuration says */
    static EventFilter from(Options rule) {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        rule.list("levels").forEach(level -> levels.add(RabbitOptions.level(level)));
        return new EventFilter(
                levels,
                patterns(rule.list("sources")),
                patterns(rule.list("services")),
                patterns(rule.list("components")),
                patterns(rule.list("regions")),
                rule.map("tags").entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, tag -> pattern(tag.getValue()))));
    }

    /** Whether it has no condition, and so is for every event. */
    boolean takesAll() {
        return levels.isEmpty()
                && sources.isEmpty()
                && services.isEmpty()
                && components.isEmpty()
                && regions.isEmpty()
                && tags.isEmpty();
    }

    boolean matches(LogEvent event) {
        SourceInfo source = event.source();
        return (levels.isEmpty() || levels.contains(event.level()))
                && matches(sources, source.name())
                && matches(services, event.service())
                && matches(components, event.component())
                && matches(regions, source.region())
                && tags.entrySet().stream()
                        .allMatch(tag ->
                                matches(List.of(tag.getValue()), source.tags().get(tag.getKey())));
    }

    private static boolean matches(List<Pattern> patterns, @Nullable String value) {
        return patterns.isEmpty()
                || (value != null
                        && patterns.stream()
                                .anyMatch(pattern -> pattern.matcher(value).matches()));
    }

    private static List<Pattern> patterns(List<String> globs) {
        return globs.stream().map(EventFilter::pattern).toList();
    }

    /** A text in which * stands for anything; case does not count. */
    private static Pattern pattern(String glob) {
        String regex =
                List.of(glob.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
