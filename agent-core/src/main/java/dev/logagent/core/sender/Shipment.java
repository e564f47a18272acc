package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * A batch on its way: the parts of it that are not resolved yet, how often it has failed, and who waits for it. The parts
 * belong to the worker that sends them; the links to other shipments are guarded by the sender's lock.
 */
final class Shipment implements Delayed {

    private final Deque<Batch> parts = new ArrayDeque<>();
    private final List<Shipment> followers = new ArrayList<>();
    private final List<String> sources;
    private int predecessors;
    private int failures;
    private boolean parked;
    private volatile long dueNanos;

    Shipment(Batch batch) {
        parts.add(batch);
        sources =
                batch.runs().stream().map(run -> run.source().name()).distinct().toList();
    }

    /** What is still to be delivered, in order. */
    Deque<Batch> parts() {
        return parts;
    }

    /** The sources whose lines it holds. */
    List<String> sources() {
        return sources;
    }

    /** The shipments that may not leave before this one is resolved. */
    List<Shipment> followers() {
        return followers;
    }

    void addPredecessor() {
        predecessors++;
    }

    /** Gives whether there are no more. */
    boolean removePredecessor() {
        return --predecessors == 0;
    }

    boolean hasPredecessors() {
        return predecessors > 0;
    }

    /** Counts one more failed attempt. Gives how many there are in a row. */
    int failed() {
        return ++failures;
    }

    int failures() {
        return failures;
    }

    /** Gives whether it was not parked before. */
    boolean park() {
        boolean first = !parked;
        parked = true;
        return first;
    }

    /** The events that are not resolved. */
    long events() {
        return parts.stream().mapToLong(Batch::size).sum();
    }

    void dueAt(long nanos) {
        dueNanos = nanos;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
