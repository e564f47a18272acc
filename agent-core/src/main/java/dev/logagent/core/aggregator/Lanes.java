package dev.logagent.core.aggregator;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.sender.Sender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The aggregator of an output, and beside it one for sources of high priority, if there are any: what comes by that is sent at
 * once, and never waits behind lines that are in no hurry. Safe for use by several threads.
 */
public final class Lanes {

    private final Aggregator normal;
    private final @Nullable Aggregator express;

    /** @param hasExpress whether there are sources of high priority */
    public Lanes(GlobalConfig config, Sender sender, boolean hasExpress) {
        AtomicLong batches = new AtomicLong();
        normal = new Aggregator("aggregator", config, config.interval(), Aggregator.Sink.inTurn(sender), batches);
        sender.onArrival(normal::arrived);
        express = hasExpress
                ? new Aggregator(
                        "aggregator-express", config, Duration.ZERO, batch -> sender.submit(batch, true), batches)
                : null;
    }

    public void start(FatalError fatal) {
        normal.start(fatal);
        if (express != null) {
            express.start(fatal);
        }
    }

    /** Waits for room for a run, no longer than it is told; gives false if there is none. */
    public Predicate<Duration> room(boolean urgent) {
        return urgent && express != null ? express::awaitRoom : normal::awaitRoom;
    }

    /** Takes runs from somebody who has waited for room; gives false if the agent stops. */
    public Predicate<LineRun> sink(boolean urgent) {
        return urgent && express != null ? express::offer : normal::offer;
    }

    /** Has everything that has been taken so far sent soon, however long it might wait for more. */
    public void flushSoon() {
        normal.flushSoon();
    }

    /** Takes no more runs: what is there goes to the sender. */
    public void finish() {
        normal.finish();
        if (express != null) {
            express.finish();
        }
    }

    /** Waits until everything has gone to the sender. Gives whether it has. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean ended = normal.awaitEnd(timeout);
        return express == null ? ended : express.awaitEnd(Duration.ofNanos(deadline - System.nanoTime())) && ended;
    }
}
