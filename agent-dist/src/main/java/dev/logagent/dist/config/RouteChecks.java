package dev.logagent.dist.config;

import dev.logagent.api.Level;
import dev.logagent.api.option.Options;
import java.util.Arrays;
import java.util.List;

/** What is to be checked of outputs and routes beyond types and ranges: that the names in them mean something. */
final class RouteChecks {

    private static final List<String> LEVELS =
            Arrays.stream(Level.values()).map(Level::name).toList();

    private final NameChecks names;

    RouteChecks(NameChecks names) {
        this.names = names;
    }

    void check(ValidTables tables) {
        names.distinct("output", ConfigTables.OUTPUTS, OutputTable.NAME, tables.outputs());
        for (int i = 0; i < tables.routes().size(); i++) {
            Options route = tables.routes().get(i);
            List<String> table = List.of(ConfigTables.ROUTES, Integer.toString(i));
            names.outputs(table, route, RouteTable.OUTPUTS);
            names.sources(table, route, RouteTable.SOURCES);
            names.each(
                    table,
                    route,
                    RouteTable.LEVELS,
                    word -> LEVELS.stream().anyMatch(word::equalsIgnoreCase),
                    "level",
                    LEVELS);
        }
    }
}
