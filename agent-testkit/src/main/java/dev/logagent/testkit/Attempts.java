package dev.logagent.testkit;

import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Sends by a transport as the agent does. */
public final class Attempts {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Attempts() {}

    /** The result of one attempt, or the exception. */
    public static Object outcomeOf(Transport transport, Batch batch) {
        try {
            return transport.send(batch);
        } catch (Exception e) {
            return e;
        }
    }

    /** The same, on a thread of its own. */
    public static CompletableFuture<Object> aside(Transport transport, Batch batch) {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> outcome.complete(outcomeOf(transport, batch)), "sender");
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    /** Tries again and again, until everything is delivered. */
    public static void deliver(Transport transport, Batch batch) {
        AtomicReference<Optional<Batch>> left = new AtomicReference<>(Optional.of(batch));
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> left.updateAndGet(open -> open.flatMap(rest -> left(rest, outcomeOf(transport, rest))))
                        .isEmpty());
    }

    /** What is to be sent again after an attempt; nothing if all was delivered. */
    static Optional<Batch> left(Batch batch, Object outcome) {
        if (outcome instanceof SendResult.Delivered) {
            return Optional.empty();
        }
        BitSet open = new BitSet();
        open.set(0, batch.size());
        if (outcome instanceof SendResult.Partial partial) {
            open.andNot(partial.delivered());
        }
        return Optional.of(batch.select(open));
    }
}
