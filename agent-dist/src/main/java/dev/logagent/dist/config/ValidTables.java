package dev.logagent.dist.config;

import dev.logagent.api.option.Options;
import java.util.List;

/**
 * All tables of the agent itself, each validated by its declaration.
 *
 * @param discoveryGiven whether there is such a table
 * @param outputs without the one that {@code global} describes
 */
record ValidTables(
        Options global,
        List<Options> sources,
        Options discovery,
        boolean discoveryGiven,
        List<Options> outputs,
        List<Options> routes,
        Options sovereignty,
        List<Options> redactions,
        Options buffer,
        Options limits,
        Options dashboard,
        Options alerts) {

    ValidTables {
        sources = List.copyOf(sources);
        outputs = List.copyOf(outputs);
        routes = List.copyOf(routes);
        redactions = List.copyOf(redactions);
    }

    /** Whether logs are looked for. */
    boolean discovers() {
        return discovery.has(DiscoveryTable.ENABLED)
                ? discovery.bool(DiscoveryTable.ENABLED)
                : discoveryGiven || sources.isEmpty();
    }
}
