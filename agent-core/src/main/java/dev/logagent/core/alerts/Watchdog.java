package dev.logagent.core.alerts;

import dev.logagent.core.config.AlertsConfig;
import dev.logagent.core.runtime.Threads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the agent every few seconds, on a thread of its own, and tells of alerts. A bug in it or in a listener is logged
 * and does the pipeline no harm; that it does not look any more shows in {@link #sinceLook}.
 */
public final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("alerts");

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

    /** So often it looks at least, however long that takes: who watches the watchdog relies on it. */
    private static final Duration ALWAYS_WITHIN = Duration.ofSeconds(60);

    /** Looking takes at most one part in so many of a processor: many files must not cost much. */
    private static final int LOOKING_SHARE = 1000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Rules rules;
    private final AlertBook book;
    private final Supplier<Reading> readings;
    private final List<AlertListener> listeners;
    private final Duration pause;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile long lookedNanos = System.nanoTime();
    private boolean toldOfBug;

    /**
     * Does not look yet.
     *
     * @param readings gives the agent as it is now
     * @param listeners told of changes, in this order
     */
    public Watchdog(AlertsConfig config, AlertBook book, Supplier<Reading> readings, List<AlertListener> listeners) {
        this.rules = new Rules(config);
        this.book = book;
        this.readings = readings;
        this.listeners = List.copyOf(listeners);
        // So that what holds for as long as it must is told soon after.
        Duration fine = config.minDuration().dividedBy(2);
        this.pause = fine.compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : fine.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : fine;
    }

    /** Begins to look. */
    public void start() {
        Threads.startPlatform("watchdog", this::run);
    }

    private void run() {
        try {
            long next = pause.toNanos();
            long costBefore = 0;
            while (!stopped.await(next, TimeUnit.NANOSECONDS)) {
                long start = THREADS.getCurrentThreadCpuTime();
                lookSafely();
                lookedNanos = System.nanoTime();
                long cost = THREADS.getCurrentThreadCpuTime() - start;
                // A look that takes long only once says nothing: the first one does, in a young program.
                long fair = Math.min(ALWAYS_WITHIN.toNanos(), LOOKING_SHARE * Math.min(cost, costBefore));
                costBefore = cost;
                next = Math.max(pause.toNanos(), fair);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            if (!toldOfBug) {
                toldOfBug = true;
                LOG.error("the alerts have a bug; the pipeline is not affected", e);
            }
        }
    }

    /** Looks once. */
    void look() {
        Reading now = readings.get();
        for (AlertChange change : book.update(rules.judge(now), now.atMillis())) {
            listeners.forEach(listener -> listener.changed(change));
        }
    }

    /** How long ago it has looked last. */
    public Duration sinceLook() {
        return Duration.ofNanos(System.nanoTime() - lookedNanos);
    }

    /** Looks no more. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
