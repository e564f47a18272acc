package dev.logagent.core.routing;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.RouteConfig;
import dev.logagent.core.config.SovereigntyConfig;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The table of who gets what: routes first, then borders. Immutable.
 *
 * @param routes tried in order
 * @param outputs all of them; the default one among them
 */
public record Routing(List<RouteConfig> routes, List<OutputConfig> outputs, SovereigntyConfig sovereignty) {

    public Routing {
        routes = List.copyOf(routes);
        outputs = List.copyOf(outputs);
    }

    /** The names of the outputs that routes send such events to, borders not considered. */
    public Set<String> routed(SourceInfo source, Level level) {
        Set<String> names = new LinkedHashSet<>();
        for (RouteConfig route : routes) {
            if (route.matches(source, level)) {
                names.addAll(route.outputs());
                if (!route.goesOn()) {
                    break;
                }
            }
        }
        return names.isEmpty() ? Set.of(OutputConfig.DEFAULT_NAME) : names;
    }

    /** The levels of the source's events that go to the output. */
    public Set<Level> levelsFor(SourceInfo source, OutputConfig output) {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        if (sovereignty.permits(source, output)) {
            for (Level level : Level.values()) {
                if (routed(source, level).contains(output.name())) {
                    levels.add(level);
                }
            }
        }
        return levels;
    }

    /**
     * The levels of the source's events that are routed only to outputs which they must not be sent to. A configuration in
     * which this is not empty must be refused: such events could go nowhere.
     */
    public Set<Level> stranded(SourceInfo source) {
        Set<Level> stranded = EnumSet.allOf(Level.class);
        for (OutputConfig output : outputs) {
            stranded.removeAll(levelsFor(source, output));
        }
        return stranded;
    }
}
