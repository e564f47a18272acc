package dev.logagent.core;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Intake;
import dev.logagent.core.limits.Pace;
import dev.logagent.core.parser.LineJudge;
import dev.logagent.core.parser.ParserStage;
import dev.logagent.core.parser.Parsers;
import dev.logagent.core.redaction.Redactor;
import dev.logagent.core.routing.LineFilter;
import dev.logagent.core.routing.Routing;
import dev.logagent.core.routing.Share;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.runtime.Pulse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the ways of lines from what reads a source to the aggregator of one output. A stage that a source does not need
 * costs nothing.
 *
 * @param pace how fast all sources together may be read
 * @param room waits for room for a run of a source, no longer than it is told; gives false if there is none
 * @param aggregator takes the runs of a source when there is room; gives false if the agent stops
 * @param dropped told of runs that are for other outputs only
 */
record Ways(
        AgentConfig config,
        OutputConfig output,
        Routing routing,
        Pace pace,
        MemoryBudget budget,
        AgentEvents events,
        Function<SourceConfig, Predicate<Duration>> room,
        Function<SourceConfig, Predicate<LineRun>> aggregator,
        Consumer<LineRun> dropped) {

    Ways(
            AgentConfig config,
            OutputConfig output,
            Pace pace,
            MemoryBudget budget,
            AgentEvents events,
            Function<SourceConfig, Predicate<Duration>> room,
            Function<SourceConfig, Predicate<LineRun>> aggregator,
            Consumer<LineRun> dropped) {
        this(
                config,
                output,
                new Routing(config.routes(), config.outputs(), config.sovereignty()),
                pace,
                budget,
                events,
                room,
                aggregator,
                dropped);
    }

    /** The way for a source's lines; null if none of them is for this output. */
    @Nullable Intake of(SourceConfig source) {
        Predicate<LineRun> end = aggregator.apply(source);
        if (source.discovery() != null) {
            // What is found later may come this way whatever is known now.
            return intake(source, new SinkOfEach(found -> stages(source.as(found), end)));
        }
        return routing.share(source, output).isNothing() ? null : intake(source, stages(source, end));
    }

    private Intake intake(SourceConfig source, Predicate<LineRun> sink) {
        Pulse pulse = new Pulse("detector-" + source.name());
        return new Intake(output.name(), pace.of(source.rate()), budget, room.apply(source), sink, events, pulse);
    }

    /** Whether what container runtimes cut is to be joined before the lines come this way. */
    boolean joinsContainers(SourceConfig source) {
        return source.discovery() != null || Parsers.readsContainers(entryParser(source));
    }

    private String entryParser(SourceConfig source) {
        return routing.share(source, output).isEverything() ? ownParser(source) : routing.parser(source);
    }

    private String ownParser(SourceConfig source) {
        return source.parser().nameFor(output.parsing());
    }

    /** What must not leave is taken out before anything is looked for in it. */
    private Predicate<LineRun> stages(SourceConfig source, Predicate<LineRun> end) {
        Predicate<LineRun> way = end;
        String parser = ownParser(source);
        if (!parser.equals(ParserConfig.PLAIN)) {
            way = new ParserStage(parser, source.parser(), budget, events, way);
        }
        List<RedactionConfig> rules = config.redactions().stream()
                .filter(rule -> rule.appliesTo(source.info(), output))
                .toList();
        if (!rules.isEmpty()) {
            way = new Redactor(rules, budget, events, way);
        }
        Share share = routing.share(source, output);
        return share.isEverything() ? way : new LineFilter(share, judge(source), way, dropped);
    }

    /** What is judged for all outputs alike has to be the same lines for all of them. */
    private UnaryOperator<LineRun> judge(SourceConfig source) {
        String parser = routing.parser(source);
        return parser.equals(ParserConfig.PLAIN) ? UnaryOperator.identity() : new LineJudge(parser, source.parser());
    }
}
