package dev.logagent.core.transport;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Several end points of one output, of which one at a time is used. A batch that it does not take goes to the next at once;
 * the first end point is preferred, and tried again after a while. Safe for use by several threads.
 *
 * <p>It moves on when a send throws {@link IOException}, or comes back as {@link SendResult.Misconfigured}, or as a
 * {@link SendResult.Retry} that names no time to wait. Whoever names one is up, and is waited for.
 */
public final class FailoverTransport implements Transport {

    /** How long another end point than the first is used before the first is tried again. */
    public static final Duration RETURN_AFTER = Duration.ofSeconds(60);

    private final List<EndPoint> endPoints;
    private final Changes changes;
    private final LongSupplier nanoTime;
    private int active;
    private long leftFirstNanos;

    /**
     * One of the end points.
     *
     * @param shown its address without credentials
     * @param transport closed together with the others
     */
    public record EndPoint(String shown, Transport transport) {}

    /** Told when another end point is used from now on: once for each change, in their order. Must be quick. */
    public interface Changes {

        /** One end point has failed, and another one takes batches. */
        void movedOn(String from, String to, String reason);

        /** The first end point takes batches again. */
        void returned(String to);
    }

    /** @param endPoints at least one, the preferred one first */
    public FailoverTransport(List<EndPoint> endPoints, Changes changes) {
        this(endPoints, changes, System::nanoTime);
    }

    FailoverTransport(List<EndPoint> endPoints, Changes changes, LongSupplier nanoTime) {
        if (endPoints.isEmpty()) {
            throw new IllegalArgumentException("an output has at least one end point");
        }
        this.endPoints = List.copyOf(endPoints);
        this.changes = changes;
        this.nanoTime = nanoTime;
    }

    /** Sends to the end point in use, and to the others if it fails; if all do, what the last one said is the result. */
    @Override
    public SendResult send(Batch batch) throws IOException, InterruptedException {
        Attempts attempts = begin();
        while (true) {
            int number = attempts.next();
            try {
                SendResult result = endPoints.get(number).transport().send(batch);
                String fault = fault(result);
                if (fault == null) {
                    taken(number, attempts);
                    return result;
                }
                if (attempts.failed(number, fault)) {
                    return result;
                }
            } catch (IOException e) {
                if (attempts.failed(number, describe(e))) {
                    throw e;
                }
            }
        }
    }

    /** Why the next end point is to be tried, or null if this one has given the batch its answer. */
    private static @Nullable String fault(SendResult result) {
        if (result instanceof SendResult.Misconfigured misconfigured) {
            return misconfigured.reason();
        }
        return result instanceof SendResult.Retry retry && retry.after() == null ? retry.reason() : null;
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The order in which one batch tries them. The first one is asked again by one batch in a while, not by all. */
    private synchronized Attempts begin() {
        boolean asksFirst = active != 0 && nanoTime.getAsLong() - leftFirstNanos >= RETURN_AFTER.toNanos();
        Set<Integer> order = new LinkedHashSet<>();
        if (asksFirst) {
            leftFirstNanos = nanoTime.getAsLong();
            order.add(0);
        }
        for (int i = 0; i < endPoints.size(); i++) {
            order.add((active + i) % endPoints.size());
        }
        return new Attempts(order, asksFirst);
    }

    /** Changes the end point in use only if this batch has seen it fail: a late success elsewhere says nothing of it. */
    private synchronized void taken(int number, Attempts attempts) {
        boolean returns = attempts.asksFirst && number == 0;
        if (number == active || !(returns || attempts.failed.contains(active))) {
            return;
        }
        String from = endPoints.get(active).shown();
        String to = endPoints.get(number).shown();
        if (active == 0) {
            leftFirstNanos = nanoTime.getAsLong();
        }
        active = number;
        if (number == 0) {
            changes.returned(to);
        } else {
            changes.movedOn(from, to, attempts.reason);
        }
    }

    /** Tries all of them: says what each answers, and fails only if none does. */
    @Override
    public String check() throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        boolean reached = false;
        for (EndPoint endPoint : endPoints) {
            String answer;
            try {
                answer = endPoint.transport().check();
                reached = true;
            } catch (IOException e) {
                answer = "fails: " + describe(e);
            }
            answers.add(endPoint.shown() + ": " + answer);
        }
        String all = String.join("; ", answers);
        if (!reached) {
            throw new IOException(all);
        }
        return all;
    }

    @Override
    public void close() {
        endPoints.forEach(endPoint -> endPoint.transport().close());
    }

    /** What one batch has tried, and what it has yet to try. Confined to the thread that sends it. */
    private static final class Attempts {

        private final Iterator<Integer> order;
        private final boolean asksFirst;
        private final Set<Integer> failed = new HashSet<>();
        private String reason = "";

        Attempts(Set<Integer> order, boolean asksFirst) {
            this.order = order.iterator();
            this.asksFirst = asksFirst;
        }

        int next() {
            return order.next();
        }

        /** Takes note of a failure. Gives whether that was the last one to try. */
        boolean failed(int number, String why) {
            failed.add(number);
            reason = why;
            return !order.hasNext();
        }
    }
}
