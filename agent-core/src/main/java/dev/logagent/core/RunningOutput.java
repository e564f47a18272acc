package dev.logagent.core;

import dev.logagent.core.PositionsRewind.Rewound;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.LimitsConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SovereigntyConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.routing.Routing;
import dev.logagent.core.routing.Share;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.status.MeasuredTransport;
import dev.logagent.core.status.OutputFigures;
import dev.logagent.core.transport.ReplaceableTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One output of the running agent: its pipeline, which may follow another one when the configuration changes, and what stays
 * the same all the while. Changed under the agent's lock only.
 */
final class RunningOutput {

    private final Surroundings surroundings;
    private final ReplaceableTransport transport;
    private volatile AgentConfig config;
    private volatile OutputConfig output;
    private volatile Pipeline pipeline;
    private Set<String> paused = Set.of();

    /**
     * What a pipeline stands in, whatever the configuration.
     *
     * @param folder where the output's positions, dead letters and spool are kept
     * @param reports gets everything that the pipeline reports, the figures included
     */
    record Surroundings(
            Path folder,
            SharedLimits shared,
            AgentEvents reports,
            OutputFigures figures,
            FatalError fatal,
            CrashPoints crashPoints) {}

    /**
     * An output whose pipeline is not started yet.
     *
     * @throws IOException if its state cannot be read, with a message for the user
     */
    RunningOutput(AgentConfig config, OutputConfig output, ReplaceableTransport transport, Surroundings surroundings)
            throws IOException {
        this.surroundings = surroundings;
        this.transport = transport;
        this.config = config;
        this.output = output;
        this.pipeline = pipeline(config, output);
    }

    private Pipeline pipeline(AgentConfig ofConfig, OutputConfig ofOutput) throws IOException {
        return new Pipeline(
                ofConfig,
                ofOutput,
                new MeasuredTransport(transport, surroundings.figures),
                surroundings.folder,
                surroundings.shared,
                surroundings.reports,
                surroundings.figures,
                surroundings.fatal,
                surroundings.crashPoints);
    }

    String name() {
        return output.name();
    }

    OutputConfig output() {
        return output;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    ReplaceableTransport transport() {
        return transport;
    }

    /** Takes a file back, when there is no pipeline. */
    List<Rewound> rewind(Path file, long offset) throws IOException {
        return PositionsRewind.rewind(output.name(), surroundings.folder, file, offset, surroundings.reports);
    }

    /** The names of the sources that are not read from now on, whatever pipelines there will be. */
    void pause(Set<String> sources) {
        paused = sources;
        pipeline.pause(sources);
    }

    void start() throws IOException, InterruptedException {
        pipeline.pause(paused);
        pipeline.start(surroundings.fatal);
    }

    /** Whether the pipeline would be another one with that configuration. */
    boolean isAffectedBy(AgentConfig next, OutputConfig nextOutput) {
        return !Needs.of(config, output).equals(Needs.of(next, nextOutput));
    }

    /** The pipeline is what the configuration asks for as it is. */
    void adopt(AgentConfig next, OutputConfig nextOutput) {
        config = next;
        output = nextOutput;
    }

    /**
     * Starts a pipeline in the place of the one that is drained, which is closed: it goes on where that one has stopped.
     *
     * @param between done when there is none
     * @throws IOException if it cannot be started; then there is none
     */
    void startAgain(Runnable between) throws IOException, InterruptedException {
        surroundings.figures.forget(pipeline.unresolvedEvents());
        pipeline.close();
        between.run();
        pipeline = pipeline(config, output);
        start();
    }

    /** All of a configuration that a pipeline depends on. */
    private record Needs(
            GlobalConfig global,
            OutputConfig output,
            BufferConfig buffer,
            SovereigntyConfig sovereignty,
            LimitsConfig limits,
            List<Intake> intakes) {

        /** What goes from one source to the output. */
        private record Intake(SourceConfig source, Share share, List<RedactionConfig> redactions) {}

        static Needs of(AgentConfig config, OutputConfig output) {
            Routing routing = new Routing(config.routes(), config.outputs(), config.sovereignty());
            List<Intake> intakes = new ArrayList<>();
            for (SourceConfig source : config.sources()) {
                Share share = routing.share(source, output);
                if (!share.isNothing()) {
                    List<RedactionConfig> redactions = config.redactions().stream()
                            .filter(rule -> rule.appliesTo(source.info(), output))
                            .toList();
                    intakes.add(new Intake(source, share, redactions));
                }
            }
            return new Needs(
                    config.global(),
                    output,
                    config.buffer().share(config.outputs().size()),
                    config.sovereignty(),
                    config.limits(),
                    intakes);
        }
    }
}
