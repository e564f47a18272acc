package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A batch on its way: the parts of it that are not resolved yet, how often it has failed, and who waits for it. The parts
 * belong to the worker that sends them; the rest is guarded by the dispatch's lock.
 */
final class Shipment {

    /** In place of a sequence, for one that is not in the spool. */
    static final long IN_MEMORY = -1;

    private final long sequence;
    private final Deque<Batch> parts = new ArrayDeque<>();
    private final List<Shipment> followers = new ArrayList<>();
    private final List<String> sources;
    private final long batchBytes;
    private final int earlierAttempts;
    private int predecessors;
    private int failures;
    private boolean parked;
    private boolean probe;
    private boolean urgent;
    private long sentNanos;
    private long dueNanos;

    /** A batch that was never in the spool. */
    Shipment(Batch batch) {
        this(batch, IN_MEMORY, 0);
    }

    /**
     * @param sequence under which the batch is in the spool, or {@link #IN_MEMORY}
     * @param earlierAttempts how often it had failed when it went there
     */
    Shipment(Batch batch, long sequence, int earlierAttempts) {
        this.sequence = sequence;
        this.earlierAttempts = earlierAttempts;
        parts.add(batch);
        batchBytes = batch.byteCount();
        sources =
                batch.runs().stream().map(run -> run.source().name()).distinct().toList();
    }

    /** Under which the batch is in the spool, or {@link #IN_MEMORY}. */
    long sequence() {
        return sequence;
    }

    boolean isInSpool() {
        return sequence != IN_MEMORY;
    }

    /** What is still to be delivered, in order. */
    Deque<Batch> parts() {
        return parts;
    }

    /** The first part gets bytes of its own: one that waits must not keep the blocks alive that its lines were read in. */
    void detachFirst() {
        Batch first = parts.remove();
        List<LineRun> runs = first.runs().stream().map(LineRun::detached).toList();
        parts.addFirst(new Batch(first.agentName(), first.number(), runs));
    }

    /** The sources whose lines it holds. */
    List<String> sources() {
        return sources;
    }

    /** From now on it leaves before those that are not in a hurry. */
    void hurry() {
        urgent = true;
    }

    boolean isUrgent() {
        return urgent;
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

    /** Nobody waits for it, and it waits for nobody. */
    void unlink() {
        followers.clear();
        predecessors = 0;
    }

    /** Counts one more failed attempt. Gives how many there are in a row. */
    int failed() {
        return ++failures;
    }

    int failures() {
        return failures;
    }

    /** How often it has failed, before it was in the spool and since. */
    int attempts() {
        return earlierAttempts + failures;
    }

    boolean hasFailed() {
        return failures > 0;
    }

    /** Gives whether it was not parked before. */
    boolean park() {
        boolean first = !parked;
        parked = true;
        return first;
    }

    boolean isParked() {
        return parked;
    }

    /** An attempt begins. */
    void sent(long nowNanos, boolean isProbe) {
        sentNanos = nowNanos;
        probe = isProbe;
    }

    long sentNanos() {
        return sentNanos;
    }

    /** Whether it is sent to find out whether the destination is there. */
    boolean isProbe() {
        return probe;
    }

    void dueAt(long nanos) {
        dueNanos = nanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    /** The events that are not resolved. */
    long events() {
        return parts.stream().mapToLong(Batch::size).sum();
    }

    /** The bytes of lines that it had at first. */
    long batchBytes() {
        return batchBytes;
    }

    /** The bytes of lines that are not resolved. */
    long bytes() {
        return parts.stream().mapToLong(Batch::byteCount).sum();
    }
}
