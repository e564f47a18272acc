package dev.logagent.transport.rabbitmq;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.testkit.Batches;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Batches of events of several services. */
final class Events {

    private final List<LineRun> runs = new ArrayList<>();

    /** Adds a line of a service's component. */
    Events add(String service, String component, String line) {
        SourceInfo source = new SourceInfo(
                service + "-" + component + "-" + runs.size(),
                service,
                component,
                "host1",
                "eu-west",
                null,
                Map.of("team", "blue"));
        runs.add(Batches.run(source, List.of(line.getBytes(StandardCharsets.UTF_8))));
        return this;
    }

    Batch batch() {
        return Batches.ofRuns(runs);
    }
}
