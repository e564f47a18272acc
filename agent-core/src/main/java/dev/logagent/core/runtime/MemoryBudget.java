package dev.logagent.core.runtime;

import dev.logagent.api.LineRun;
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

    /** @param maxBytes the budget; one larger request is granted when nothing else is on its way */
    public MemoryBudget(long maxBytes) {
        this.max = maxBytes;
    }

    /** What a run takes from the budget until it is resolved; the costs of its slices add up to the same. */
    public static long cost(LineRun run) {
        return run.byteCount() + (long) LINE_OVERHEAD_BYTES * run.count();
    }

    /**
     * Waits until the bytes fit.
     *
     * @return false if the budget has been closed: nothing was taken
     */
    public boolean acquire(long bytes) {
        lock.lock();
        try {
            while (!closed && used > 0 && used + bytes > max) {
                released.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            used += bytes;
            return true;
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
