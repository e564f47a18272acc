package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session that everybody uses, made anew when it has ended and somebody needs one. Connecting happens on a thread of
 * its own, so that those who wait for it can be interrupted, and all of them share one attempt.
 */
final class Sessions {

    private static final long WATCH_MILLIS = 250;
    private static final long CLOSE_MILLIS = 800;
    private static final long IDLE_SECONDS = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Connector connector;
    private final RabbitSettings settings;
    private final Topology topology;

    /** Never shut down: what is left of a connection needs it to end. Its threads go when they are idle. */
    private final ExecutorService executor = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("rabbitmq-work"));

    /** Once shut down, it takes no orders and does not complain: there is nothing to watch over any more. */
    private final ScheduledThreadPoolExecutor watchdog =
            new ScheduledThreadPoolExecutor(1, daemons("rabbitmq-watchdog"), new ThreadPoolExecutor.DiscardPolicy());

    private volatile @Nullable Session current;
    private @Nullable CompletableFuture<Session> attempt;
    private boolean closed;

    Sessions(Connector connector, RabbitSettings settings, Topology topology) {
        this.connector = connector;
        this.settings = settings;
        this.topology = topology;
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /**
     * A session that was open a moment ago.
     *
     * @throws RefusedException if time alone will not make one
     * @throws IOException if there is none to be had now
     */
    Session open() throws IOException, InterruptedException {
        Session session = current;
        return session != null && session.isOpen() ? session : await(attempt());
    }

    /** Runs something on a connection of its own, which ends with it. */
    <T> T apart(Connector.Use<T> use) throws IOException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Connector.Use<T> closing = (connection, wire, host) -> {
            try {
                return use.of(connection, wire, host);
            } finally {
                connection.abort(500);
                wire.cut();
            }
        };
        run(() -> connector.connect(closing, executor, watchdog), result);
        return await(result);
    }

    void close() {
        Session session;
        lock.lock();
        try {
            closed = true;
            session = current;
        } finally {
            lock.unlock();
        }
        connector.close();
        if (session != null) {
            try {
                executor.submit(session::close).get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // No goodbye then.
            }
            session.cut();
        }
        watchdog.shutdownNow();
    }

    private CompletableFuture<Session> attempt() throws IOException {
        lock.lock();
        try {
            Session session = current;
            if (session != null && session.isOpen()) {
                return CompletableFuture.completedFuture(session);
            }
            if (closed) {
                throw new IOException("the transport is closed");
            }
            CompletableFuture<Session> running = attempt;
            if (running == null || running.isDone()) {
                running = new CompletableFuture<>();
                run(this::connect, running);
                // Not before: whoever comes later must not wait for what never began.
                attempt = running;
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    private Session connect() throws IOException {
        Session made = connector.connect(
                (connection, wire, host) -> new Session(connection, wire, host, settings, topology, executor),
                executor,
                watchdog);
        lock.lock();
        try {
            if (closed) {
                made.cut();
                throw new IOException("the transport is closed");
            }
            current = made;
            watch(made);
        } finally {
            lock.unlock();
        }
        return made;
    }

    /** Looks after a session for as long as it lives. */
    private void watch(Session session) {
        watchdog.schedule(
                () -> {
                    if (session.isOpen()) {
                        session.endIfStuck();
                        watch(session);
                    }
                },
                WATCH_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private <T> void run(Connecting<T> connecting, CompletableFuture<T> result) {
        executor.execute(() -> {
            try {
                result.complete(connecting.run());
            } catch (IOException | ShutdownSignalException e) {
                result.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                // Whoever waits must not wait for ever; the agent logs it as the bug it is.
                result.completeExceptionally(e);
                throw e;
            }
        });
    }

    private static <T> T await(Future<T> result) throws IOException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RefusedException) {
                throw new RefusedException(String.valueOf(cause.getMessage()), cause);
            }
            throw new IOException(cause == null ? "cannot connect" : String.valueOf(cause.getMessage()), cause);
        }
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private interface Connecting<T> {
        T run() throws IOException;
    }
}
