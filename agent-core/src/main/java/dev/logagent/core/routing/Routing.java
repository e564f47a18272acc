package dev.logagent.core.routing;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.RouteConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SovereigntyConfig;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of who gets what: routes first, then borders. Immutable.
 *
 * @param routes tried in order
 * @param outputs all of them; the default one among them
 */
public record Routing(List<RouteConfig> routes, List<OutputConfig> outputs, SovereigntyConfig sovereignty) {

    /** Stands for every service that no route names; no service has that name. */
    private static final String OTHER = "";

    public Routing {
        routes = List.copyOf(routes);
        outputs = List.copyOf(outputs);
    }

    /** The names of the outputs that routes send such events to, borders not considered. */
    public Set<String> routed(SourceInfo source, String service, Level level) {
        Set<String> names = new LinkedHashSet<>();
        for (RouteConfig route : routes) {
            if (route.matches(source, service, level)) {
                names.addAll(route.outputs());
                if (!route.goesOn()) {
                    break;
                }
            }
        }
        return names.isEmpty() ? Set.of(OutputConfig.DEFAULT_NAME) : names;
    }

    /** The names of the outputs that routes may send events of these levels to, borders not considered. */
    public Set<String> routed(SourceConfig source, Set<Level> levels) {
        Set<String> names = new LinkedHashSet<>();
        for (SourceInfo info : possible(source)) {
            for (String service : services(source)) {
                levels.forEach(level -> names.addAll(routed(info, service, level)));
            }
        }
        return names;
    }

    /** Which of the source's events go to the output. */
    public Share share(SourceConfig source, OutputConfig output) {
        Set<String> services = services(source);
        Map<String, Set<Level>> levels = new HashMap<>();
        services.forEach(service -> levels.put(service, levels(source.info(), service, output)));
        return services.size() == 1
                ? new Share(Map.of(), levels.values().iterator().next())
                : new Share(levels, levels.getOrDefault(OTHER, Set.of()));
    }

    private Set<Level> levels(SourceInfo source, String service, OutputConfig output) {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        if (sovereignty.permits(source, output)) {
            for (Level level : Level.values()) {
                if (routed(source, service, level).contains(output.name())) {
                    levels.add(level);
                }
            }
        }
        return levels;
    }

    /**
     * The levels of the source's events that may be routed only to outputs which they must not be sent to. A configuration
     * in which this is not empty must be refused: such events could go nowhere.
     */
    public Set<Level> stranded(SourceConfig source) {
        Set<Level> stranded = EnumSet.noneOf(Level.class);
        for (SourceInfo info : possible(source)) {
            for (String service : services(source)) {
                Set<Level> left = EnumSet.allOf(Level.class);
                outputs.forEach(output -> left.removeAll(levels(info, service, output)));
                stranded.addAll(left);
            }
        }
        return stranded;
    }

    /** The source; or, of one that stands for all that is found, those that a route may mean: they get names of their own. */
    private List<SourceInfo> possible(SourceConfig source) {
        if (source.discovery() == null) {
            return List.of(source.info());
        }
        Stream<String> named = routes.stream().flatMap(route -> route.sources().stream());
        return Stream.concat(Stream.of(source.info()), named.map(source.info()::withName))
                .distinct()
                .toList();
    }

    /**
     * The parser that finds level and service of the source's lines for the routes: the one of the output that parses most,
     * for all of them, so that no two disagree.
     */
    public String parser(SourceConfig source) {
        OutputConfig.Parsing most = outputs.stream()
                .map(OutputConfig::parsing)
                .max(Comparator.naturalOrder())
                .orElse(OutputConfig.Parsing.NEVER);
        return source.parser().nameFor(most);
    }

    /** The services of the source's events that make a difference. */
    private Set<String> services(SourceConfig source) {
        if (source.info().service() != null || parser(source).equals(ParserConfig.PLAIN)) {
            return Set.of(source.info().effectiveService());
        }
        Set<String> services =
                routes.stream().flatMap(route -> route.services().stream()).collect(Collectors.toSet());
        services.add(OTHER);
        return services;
    }
}
