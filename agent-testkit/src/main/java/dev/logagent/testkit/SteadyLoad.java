package dev.logagent.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A sender as the agent is one where order counts: one batch of numbered lines of its source after the other, each until
 * all of it is delivered. Safe for use by several threads.
 */
public final class SteadyLoad implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LINES = 50;

    private final Transport transport;
    private final String source;
    private final Thread thread;

    /** Read by others when the thread has ended. */
    private final List<String> sent = new ArrayList<>();

    private volatile int delivered;
    private volatile boolean stopped;
    private volatile Object lastOutcome = "none";

    private SteadyLoad(Transport transport, String source) {
        this.transport = transport;
        this.source = source;
        this.thread = new Thread(this::send, "load-" + source);
    }

    /** Begins to send. */
    public static SteadyLoad start(Transport transport, String source) {
        SteadyLoad load = new SteadyLoad(transport, source);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    /** Waits until so many more batches have been delivered; if they are not, says what the sender does instead. */
    public void awaitDelivered(int more) {
        int goal = delivered + more;
        try {
            await().atMost(PATIENCE).until(() -> delivered >= goal);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(state(), e);
        }
    }

    /** Ends after the current batch, and gives all lines, in order. */
    public List<String> stop() throws InterruptedException {
        stopped = true;
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).as(this::state).isFalse();
        return List.copyOf(sent);
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }

    private void send() {
        for (int number = 0; !stopped; number++) {
            List<String> lines = Batches.numberedLines(source + " batch " + number, LINES);
            deliver(Batches.of(source, lines));
            sent.addAll(lines);
            delivered = number + 1;
        }
    }

    private void deliver(Batch batch) {
        Optional<Batch> left = Optional.of(batch);
        while (left.isPresent() && !Thread.currentThread().isInterrupted()) {
            Object outcome = Attempts.outcomeOf(transport, left.get());
            lastOutcome = outcome;
            left = Attempts.left(left.get(), outcome);
            if (left.isPresent()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private String state() {
        return source + ": " + delivered + " batches delivered; the last attempt: " + lastOutcome + "; now at\n"
                + Arrays.stream(thread.getStackTrace())
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining("\n"));
    }
}
