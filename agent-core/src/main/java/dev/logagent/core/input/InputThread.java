package dev.logagent.core.input;

import dev.logagent.api.LineRun;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Pulse;
import dev.logagent.core.runtime.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a feed on a thread of its own, and gives what it reads to one pipeline or, where the world can be asked only once, to
 * those of all outputs. Then the slowest of them sets the pace when its memory and its spool are full.
 */
public final class InputThread implements Input {

    /** A source that is paused looks so often whether it may go on. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String source;
    private final Feed feed;
    private final List<Intake> intakes;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch mayRead = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable IOException failure;
    private volatile boolean finishing;
    private volatile boolean stopping;
    private volatile boolean paused;

    public InputThread(String source, Feed feed, List<Intake> intakes) {
        this.source = source;
        this.feed = feed;
        this.intakes = List.copyOf(intakes);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public void pause(boolean isPaused) {
        paused = isPaused;
    }

    @Override
    public void start(FatalError fatal) {
        Pulse pulse = new Pulse("input-" + source); // always idle: most of the time it waits for the world
        Threads.start(pulse.name(), fatal.guard(pulse, this::run));
    }

    private void run() {
        try {
            feed.open();
            ready.countDown();
            mayRead.await();
            boolean more = true;
            while (more && !stopping) {
                more = feed.read(finishing, this::take);
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feed.close();
            ready.countDown();
            ended.countDown();
        }
    }

    /** One at a time: a stage is used by one thread only, but a feed may have several. */
    private synchronized boolean take(LineRun run) {
        while (paused && !stopping) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        boolean taken = !stopping;
        for (Intake intake : intakes) {
            taken = taken && intake.take(run, () -> stopping);
        }
        return taken;
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        ready.await();
        IOException known = failure;
        if (known != null) {
            throw new IOException("source '" + source + "': " + known.getMessage(), known);
        }
    }

    @Override
    public void beginReading() {
        mayRead.countDown();
    }

    @Override
    public void finish() {
        finishing = true;
    }

    @Override
    public void stop() {
        stopping = true;
        mayRead.countDown();
    }

    @Override
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
