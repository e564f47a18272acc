package dev.logagent.dist.config;

import dev.logagent.api.Level;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.Options;
import dev.logagent.api.option.Suggestion;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.RouteConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is to be checked of outputs and routes beyond types and ranges: that the names in them mean something. */
final class RouteChecks {

    private static final List<String> LEVELS =
            Arrays.stream(Level.values()).map(Level::name).toList();

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;

    RouteChecks(ConfigTree tree, ProblemPlaces places, Findings findings) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
    }

    void check(ValidTables tables) {
        List<String> outputs = new ArrayList<>();
        outputs.add(OutputConfig.DEFAULT_NAME);
        outputs.addAll(outputNames(tables.outputs()));
        List<String> sources = tables.sources().stream()
                .map(source -> source.optionalString(SourceTable.NAME))
                .flatMap(Optional::stream)
                .toList();
        for (int i = 0; i < tables.routes().size(); i++) {
            Options route = tables.routes().get(i);
            each(route, i, RouteTable.OUTPUTS, outputs::contains, "no output is named", "outputs", outputs);
            each(
                    route,
                    i,
                    RouteTable.SOURCES,
                    pattern ->
                            sources.isEmpty() || sources.stream().anyMatch(name -> RouteConfig.isLike(name, pattern)),
                    "no source is named",
                    "sources",
                    sources);
            each(
                    route,
                    i,
                    RouteTable.LEVELS,
                    word -> LEVELS.stream().anyMatch(word::equalsIgnoreCase),
                    "no level is named",
                    "levels",
                    LEVELS);
        }
    }

    private List<String> outputNames(List<Options> outputs) {
        Map<String, List<String>> names = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            List<String> path = List.of(ConfigTables.OUTPUTS, Integer.toString(i), OutputTable.NAME);
            outputs.get(i).optionalString(OutputTable.NAME).ifPresent(name -> {
                List<String> before = names.putIfAbsent(name, path);
                Location first = before == null ? null : tree.location(before);
                Location second = tree.location(path);
                if (first != null && second != null) {
                    report(
                            path,
                            "output name '" + name + "' is already used at " + first.seenFrom(second),
                            "give each output a name of its own");
                }
            });
        }
        return names.keySet().stream().sorted().toList();
    }

    private void each(
            Options route,
            int index,
            String key,
            Predicate<String> isKnown,
            String message,
            String what,
            List<String> known) {
        List<String> whole = List.of(ConfigTables.ROUTES, Integer.toString(index), key);
        List<String> words = route.list(key);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!isKnown.test(word)) {
                List<String> element = new ArrayList<>(whole);
                element.add(Integer.toString(i));
                String nearest = Suggestion.nearest(word, known);
                report(
                        tree.location(element) == null ? whole : element,
                        message + " '" + word + "'",
                        nearest != null
                                ? "did you mean '" + nearest + "'?"
                                : "known " + what + ": " + String.join(", ", known));
            }
        }
    }

    private void report(List<String> path, String message, @Nullable String hint) {
        places.locate(new OptionProblem(path, Place.VALUE, message, hint)).ifPresent(findings::add);
    }
}
