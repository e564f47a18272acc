package dev.logagent.core.aggregator;

import dev.logagent.api.LineRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded hand-over from the detectors to the aggregator. Unlike the queues of the JDK it can be closed, which wakes
 * everyone who waits, so that nobody has to look now and then whether the agent stops. Safe for use by several threads.
 */
final class RunQueue {

    private final int capacity;
    private final Queue<LineRun> runs = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private boolean closed;
    private boolean nudged;

    RunQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Waits for room, but not for ever: whoever waits has other things to look after. Several may see the same room, so that
     * there can be one run more for each of them.
     *
     * @return false if there was none in time, or the queue has been closed
     */
    boolean awaitRoom(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (runs.size() >= capacity && !closed && left > 0) {
                left = notFull.awaitNanos(left);
            }
            return runs.size() < capacity && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a run, whether there is room or not. Gives false if the queue has been closed: then the run was not added. */
    boolean put(LineRun run) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            runs.add(run);
            notEmpty.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next run; null if none comes within the time or before a nudge, or the queue is closed and empty. */
    @Nullable LineRun poll(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (runs.isEmpty() && !closed && !nudged && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
            nudged = false;
            LineRun run = runs.poll();
            if (run != null) {
                notFull.signalAll();
            }
            return run;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever polls, or does so next, does not wait any longer. */
    void nudge() {
        lock.lock();
        try {
            nudged = true;
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is closed and everything in it has been taken. */
    boolean isFinished() {
        lock.lock();
        try {
            return closed && runs.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more runs; those in it can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notFull.signalAll();
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
