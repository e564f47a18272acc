package dev.logagent.core.testing;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.SovereigntyConfig;
import dev.logagent.core.deadletter.DeadLetters;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.sender.Outlet;
import dev.logagent.core.sender.Sender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Makes senders for tests. */
public final class Senders {

    private Senders() {}

    /** A sender whose memory nobody else uses. */
    public static Sender sender(
            Settings settings, Path folder, Transport transport, AgentEvents events, Consumer<Batch> onResolved) {
        MemoryBudget budget = new MemoryBudget(settings.buffer().maxMemoryBytes());
        return sender(settings, folder, transport, events, budget, onResolved);
    }

    /** A sender that gives memory back to a budget when a batch comes from the spool. */
    public static Sender sender(
            Settings settings,
            Path folder,
            Transport transport,
            AgentEvents events,
            MemoryBudget budget,
            Consumer<Batch> onResolved) {
        Outlet outlet = new Outlet(
                settings.output(), settings.buffer(), SovereigntyConfig.NONE, folder, UnaryOperator.identity());
        try {
            DeadLetters deadLetters = new DeadLetters(folder, 1 << 20, CrashPoints.NONE);
            return new Sender(
                    transport, outlet, deadLetters, budget, events, new FatalError(), CrashPoints.NONE, onResolved);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
