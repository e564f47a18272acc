package dev.logagent.core.runtime;

import java.time.Duration;

/**
 * Shows that a worker lives: it says when it begins something, and when it waits for what may never come, such as more
 * lines or room for them. Written by the worker, read by all.
 */
public final class Pulse {

    private static final long IDLE = Long.MIN_VALUE;

    private final String name;
    private volatile long busySinceNanos = IDLE;

    /** Of a worker that is idle, and counts while its task is {@linkplain FatalError#guard(Pulse, Runnable) guarded}. */
    public Pulse(String name) {
        this.name = name;
    }

    /** The name of the worker. */
    public String name() {
        return name;
    }

    /** Begins something that should not take long; what was begun before has been done. */
    public void busy() {
        busySinceNanos = System.nanoTime();
    }

    /** Waits for something that may take any time. */
    public void idle() {
        busySinceNanos = IDLE;
    }

    Duration busyTime(long nowNanos) {
        long since = busySinceNanos;
        return since == IDLE ? Duration.ZERO : Duration.ofNanos(Math.max(0, nowNanos - since));
    }
}
