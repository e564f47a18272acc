package dev.logagent.transport.websocket;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to the receiver: made when somebody wants to send, replaced when it has ended, watched while it is
 * there. Safe for use by several threads.
 */
final class Link implements AutoCloseable {

    private static final Duration GOODBYE = Duration.ofMillis(500);

    private final Settings settings;
    private final Failures failures;
    private final ScheduledThreadPoolExecutor timer;
    private final Object lock = new Object();
    private @Nullable Connection current;
    private boolean closed;

    Link(Settings settings, Failures failures) {
        this.settings = settings;
        this.failures = failures;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "websocket-pings");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * The open connection. Those who ask while it is being made wait for the same one.
     *
     * @throws NotConnectedException if there is none, and none could be made
     */
    Connection open() throws NotConnectedException, InterruptedException {
        Connection connection;
        synchronized (lock) {
            if (closed) {
                throw NotConnectedException.retry("the transport is closed");
            }
            connection = current;
            if (connection == null || connection.hasEnded()) {
                connection = new Connection(settings, failures);
                current = connection;
                connection.connect();
                watch(connection);
            }
        }
        connection.awaitOpen();
        return connection;
    }

    @Override
    public void close() {
        Connection last;
        synchronized (lock) {
            closed = true;
            last = current;
            current = null;
        }
        timer.shutdownNow();
        if (last != null) {
            last.closePolitely(GOODBYE);
        }
    }

    /** Pings until the connection has ended, or a ping finds that it has. */
    private void watch(Connection connection) {
        long every = settings.pingInterval().toMillis();
        Watch watch = new Watch(connection);
        watch.next = timer.scheduleWithFixedDelay(watch, every, every, TimeUnit.MILLISECONDS);
    }

    private final class Watch implements Runnable {

        private final Connection connection;
        private volatile @Nullable ScheduledFuture<?> next;

        Watch(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void run() {
            if (connection.hasEnded()) {
                ScheduledFuture<?> schedule = next;
                if (schedule != null) {
                    schedule.cancel(false);
                }
                return;
            }
            if (!connection.isOpen()) {
                return;
            }
            long asked = System.nanoTime();
            connection.ping();
            timer.schedule(() -> giveUp(asked), settings.pingTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }

        private void giveUp(long asked) {
            if (!connection.hasEnded() && !connection.heardSince(asked)) {
                connection.end(NotConnectedException.retry(
                        failures.destination() + " gave no sign of life within ping_timeout_ms"));
            }
        }
    }
}
