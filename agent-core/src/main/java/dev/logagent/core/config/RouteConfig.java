package dev.logagent.core.config;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import java.util.Map;
import java.util.Set;

/**
 * Which events go where. An empty condition holds for every event; all conditions must hold.
 *
 * @param sources names of sources, {@code *} standing for any characters
 * @param levels the levels themselves, not "at least"
 * @param tags all of these must be set to these values
 * @param outputs where matching events go, at least one
 * @param goesOn whether later routes are tried too, and add their outputs
 */
public record RouteConfig(
        Set<String> sources,
        Set<Level> levels,
        Set<String> services,
        Set<String> regions,
        Map<String, String> tags,
        Set<String> outputs,
        boolean goesOn) {

    public RouteConfig {
        sources = Set.copyOf(sources);
        levels = Set.copyOf(levels);
        services = Set.copyOf(services);
        regions = Set.copyOf(regions);
        tags = Map.copyOf(tags);
        outputs = Set.copyOf(outputs);
    }

    /**
     * Whether such events are meant.
     *
     * @param service the one that the event belongs to: the configured one, or what the line or its file names
     */
    public boolean matches(SourceInfo source, String service, Level level) {
        return (levels.isEmpty() || levels.contains(level))
                && (sources.isEmpty() || sources.stream().anyMatch(pattern -> isLike(source.name(), pattern)))
                && (services.isEmpty() || services.contains(service))
                && (regions.isEmpty() || (source.region() != null && regions.contains(source.region())))
                && source.tags().entrySet().containsAll(tags.entrySet());
    }

    /** Whether a name is meant by a pattern in which {@code *} stands for any characters. */
    public static boolean isLike(String name, String pattern) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return name.equals(pattern);
        }
        if (!name.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int from = star; from <= name.length(); from++) {
            if (isLike(name.substring(from), rest)) {
                return true;
            }
        }
        return false;
    }
}
