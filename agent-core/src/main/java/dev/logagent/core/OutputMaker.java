package dev.logagent.core;

import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.events.AgentCounters;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.events.FanOutEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.status.LineTap;
import dev.logagent.core.status.OutputFigures;
import dev.logagent.core.transport.ReplaceableTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Makes the outputs of one agent.
 *
 * @param ofAgent gets what the default output reports
 * @param events makes what gets the reports of any other one, from its name
 * @param counters count for all of them
 */
record OutputMaker(
        StateFolder folder,
        SharedLimits shared,
        AgentEvents ofAgent,
        Function<String, AgentEvents> events,
        AgentCounters counters,
        LineTap tap,
        FatalError fatal,
        CrashPoints crashPoints) {

    /**
     * An output whose pipeline is not started yet.
     *
     * @throws IOException if its state cannot be read, with a message for the user
     */
    RunningOutput make(AgentConfig config, OutputConfig output, ReplaceableTransport transport) throws IOException {
        boolean isDefault = output.name().equals(OutputConfig.DEFAULT_NAME);
        Path own = isDefault ? folder.path() : folder.subfolder(OutputConfig.OTHERS, output.name());
        OutputFigures figures = new OutputFigures(output.name(), tap);
        AgentEvents reports = isDefault
                ? new FanOutEvents(figures, ofAgent)
                : new FanOutEvents(figures, counters, events.apply(output.name()));
        return new RunningOutput(
                config,
                output,
                transport,
                new RunningOutput.Surroundings(own, shared, reports, figures, fatal, crashPoints));
    }
}
