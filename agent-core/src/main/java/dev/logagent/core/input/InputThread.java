package dev.logagent.core.input;

import dev.logagent.api.LineRun;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Pulse;
import dev.logagent.core.runtime.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads a feed on a thread of its own, and gives what it reads to one pipeline or, where the world can be asked only once, to
 * those of all outputs. Then the slowest of them sets the pace when its memory and its spool are full. Pipelines may be
 * exchanged while it reads: a run that is on its way reaches each of them once.
 */
public final class InputThread implements Input {

    /** A source that is paused looks so often whether it may go on. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String source;
    private final Feed feed;
    private final ReentrantLock giving = new ReentrantLock();
    private final Condition changed = giving.newCondition();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch mayRead = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** None: what is read waits until there are some. */
    private volatile List<Intake> intakes;

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

    /** Lets nothing through from now on; when this returns, none of the pipelines is being given anything. */
    public void hold() {
        giveTo(List.of());
    }

    /** Gives what is read to these from now on. */
    public void giveTo(List<Intake> next) {
        intakes = List.copyOf(next);
        giving.lock();
        try {
            changed.signalAll();
        } finally {
            giving.unlock();
        }
    }

    /** One at a time: a stage is used by one thread only, but a feed may have several. */
    private boolean take(LineRun run) {
        List<String> reached = new ArrayList<>();
        giving.lock();
        try {
            while (!stopping) {
                if (!paused && give(run, intakes, reached)) {
                    return true;
                }
                changed.awaitNanos(PAUSE_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            giving.unlock();
        }
        return false;
    }

    /** Gives whether all outputs have the run, once each. */
    private boolean give(LineRun run, List<Intake> present, List<String> reached) {
        for (Intake intake : present) {
            if (!reached.contains(intake.output())) {
                if (!intake.take(run, () -> stopping || intakes != present)) {
                    return false;
                }
                reached.add(intake.output());
            }
        }
        return !present.isEmpty();
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
