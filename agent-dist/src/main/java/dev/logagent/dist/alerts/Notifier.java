package dev.logagent.dist.alerts;

import dev.logagent.core.alerts.AlertChange;
import dev.logagent.core.alerts.AlertListener;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of changes on one way, in their order and on a thread of its own, which is there only while there is something to
 * tell. What fails is tried again for some minutes. Safe for use by several threads.
 */
final class Notifier implements AlertListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("alerts");

    private static final int MOST_WAITING = 100;
    private static final int ATTEMPTS = 9;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration THREAD_STAYS = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Way way;
    private final String agentName;
    private final ThreadPoolExecutor thread;
    private final LongAdder told = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile @Nullable String problem;

    Notifier(Way way, String agentName) {
        this.way = way;
        this.agentName = agentName;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                THREAD_STAYS.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread made = new Thread(task, "alerts-" + way.name());
                    made.setDaemon(true);
                    return made;
                },
                (task, executor) -> giveUp("too many changes wait"));
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public void changed(AlertChange change) {
        byte[] json = AlertJson.of(change, agentName);
        thread.execute(() -> tell(json));
    }

    private void tell(byte[] json) {
        try {
            Duration pause = FIRST_PAUSE;
            for (int attempt = 1; ; attempt++) {
                Way.Outcome outcome = way.tell(json);
                String now = outcome.problem();
                if (now == null) {
                    told();
                    return;
                }
                if (!outcome.again() || attempt == ATTEMPTS) {
                    giveUp(now);
                    return;
                }
                failing(now);
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the {} of [alerts] has a bug; the pipeline is not affected", way.name(), e);
            failed.increment();
        }
    }

    private void told() {
        told.increment();
        if (problem != null) {
            problem = null;
            LOG.info("the {} of [alerts] works again", way.name());
        }
    }

    /** Told once for each reason. */
    private void failing(String now) {
        if (!now.equals(problem)) {
            problem = now;
            LOG.warn("the {} of [alerts] fails: {}", way.name(), now);
        }
    }

    private void giveUp(String now) {
        failed.increment();
        failing(now);
    }

    /** How it does. */
    NotifierStatus status() {
        return new NotifierStatus(
                way.name(), told.sum(), failed.sum(), thread.getQueue().size() + thread.getActiveCount(), problem);
    }

    /** Lets what is being told come to an end, but not for long. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
