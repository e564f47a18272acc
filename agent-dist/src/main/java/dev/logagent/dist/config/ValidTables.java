package dev.logagent.dist.config;

import dev.logagent.api.option.Options;
import java.util.List;

/**
 * All tables of the agent itself, each validated by its declaration.
 *
 * @param outputs without the one that {@code global} describes
 */
record ValidTables(
        Options global,
        List<Options> sources,
        List<Options> outputs,
        List<Options> routes,
        Options sovereignty,
        List<Options> redactions,
        Options buffer,
        Options limits,
        Options dashboard) {

    ValidTables {
        sources = List.copyOf(sources);
        outputs = List.copyOf(outputs);
        routes = List.copyOf(routes);
        redactions = List.copyOf(redactions);
    }
}
