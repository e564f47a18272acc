package dev.logagent.core.runtime;

import dev.logagent.api.LineRun;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes of lines may be on their way at once. Readers wait here when the destination is slower than they are:
 * this is where back-pressure begins, and the log files are the buffer behind it. First come, first served, so that one
 * busy file cannot starve quiet ones. Safe for use by several threads.
 */
public final class MemoryBudget {

    /** What a line costs besides its bytes: its place in the index of the block, and its share of the objects around. */
    private static final int LINE_OVERHEAD_BYTES = 32;

    private final long max;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition released = lock.newCondition();
    private long used;
    private boolean closed;
    private int waiting;
    private Runnable onShortage = () -> {};

    /** @param maxBytes the budget; one larger request is granted when nothing else is on its way */
    public MemoryBudget(long maxBytes) {
        this.max = maxBytes;
    }

    /** What a run takes from the budget until it is resolved; the costs of its slices add up to the same. */
    public static long cost(LineRun run) {
        return run.heldBytes() + (long) LINE_OVERHEAD_BYTES * run.count();
    }

    /**
     * Waits for the bytes to fit, but not for ever: whoever waits has other things to look after.
     *
     * @return false if they did not fit in time, or the budget has been closed: nothing was taken
     */
    public boolean acquire(long bytes, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!closed && used > 0 && used + bytes > max) {
                if (left <= 0) {
                    return false;
                }
                waiting++;
                onShortage.run();
                try {
                    left = released.awaitNanos(left);
                } finally {
                    waiting--;
                }
            }
            if (closed) {
                return false;
            }
            used += bytes;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells of shortages.
     *
     * @param listener called, under a lock, whenever somebody has to wait for bytes
     */
    public void onShortage(Runnable listener) {
        lock.lock();
        try {
            onShortage = listener;
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits for bytes. */
    public boolean isShort() {
        lock.lock();
        try {
            return waiting > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Takes or gives back the difference between what was asked for and what was needed; never waits. */
    public void adjust(long moreBytes) {
        release(-moreBytes);
    }

    public void release(long bytes) {
        lock.lock();
        try {
            used -= bytes;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The bytes that may be taken. */
    public long max() {
        return max;
    }

    /** The bytes that are taken now. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** Sends everyone who waits away. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
