package dev.logagent.core;

import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** A way to the aggregator for each of the sources that one detector reads, made when it is first needed. For use in one thread. */
final class SinkOfEach implements Predicate<LineRun> {

    private final Map<String, Predicate<LineRun>> sinks = new HashMap<>();
    private final Function<SourceInfo, Predicate<LineRun>> maker;

    SinkOfEach(Function<SourceInfo, Predicate<LineRun>> maker) {
        this.maker = maker;
    }

    @Override
    public boolean test(LineRun run) {
        SourceInfo source = run.source();
        return sinks.computeIfAbsent(source.name(), name -> maker.apply(source)).test(run);
    }
}
