package dev.logagent.core.aggregator;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Pulse;
import dev.logagent.core.runtime.Threads;
import dev.logagent.core.sender.Sender;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collects lines until a batch has enough of them, enough bytes, or has waited long enough since its first line, or one of
 * them is in a hurry; whichever comes first. A batch that would have to wait for earlier ones anyway goes on growing
 * meanwhile: where each takes long, fewer and larger ones arrive sooner. The hand-over from the detectors is bounded.
 */
final class Aggregator {

    /** Urgent lines do not make batches smaller than that: there may be very many of them. */
    private static final long URGENT_NANOS = Duration.ofMillis(25).toNanos();

    /** A batch stays open no longer for others' sake: an open one is not written to the spool. */
    private static final Duration LONGEST_GROWTH = Duration.ofSeconds(1);

    private final GlobalConfig config;
    private final Duration interval;
    private final Sink sink;
    private final RunQueue queue;
    private final OpenBatch open;
    private final Pulse pulse;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong batches;
    private volatile boolean flushing;
    private volatile boolean growing;
    private long deadline;
    private long flushed = System.nanoTime() - URGENT_NANOS;

    /** Takes batches, waiting for room. */
    @FunctionalInterface
    interface Sink {
        void submit(Batch batch) throws InterruptedException;

        /** Whether a batch with lines of these sources would have to wait for earlier ones. */
        default boolean wouldWait(Collection<String> sources) {
            return false;
        }

        /** Batches wait for earlier ones of their sources. */
        static Sink inTurn(Sender sender) {
            return new Sink() {
                @Override
                public void submit(Batch batch) throws InterruptedException {
                    sender.submit(batch, false);
                }

                @Override
                public boolean wouldWait(Collection<String> sources) {
                    return sender.wouldWait(sources);
                }
            };
        }
    }

    /**
     * @param thread its name
     * @param interval how long a batch waits after its first line
     * @param batches the number of the last batch of this output
     */
    Aggregator(String thread, GlobalConfig config, Duration interval, Sink sink, AtomicLong batches) {
        this.config = config;
        this.interval = interval;
        this.sink = sink;
        this.pulse = new Pulse(thread);
        this.batches = batches;
        this.queue = new RunQueue(config.channelBound());
        this.open = new OpenBatch(config.maxBatchSize(), config.maxBatchBytes());
    }

    void start(FatalError fatal) {
        Threads.start(pulse.name(), fatal.guard(pulse, this::run));
    }

    /** Waits for room for a run, but not for ever. Gives false if there was none in time, or the agent stops. */
    boolean awaitRoom(Duration patience) {
        return queue.awaitRoom(patience);
    }

    /**
     * Takes a run from somebody who has waited for room.
     *
     * @return false if the agent stops: the run was not taken
     */
    boolean offer(LineRun run) {
        return queue.put(run);
    }

    /** A batch has arrived: one that waits for it may be sent. */
    void arrived() {
        if (growing) {
            queue.nudge();
        }
    }

    /** Has everything that has been taken so far sent soon, however long it might wait for more. */
    void flushSoon() {
        flushing = true;
        queue.nudge();
    }

    /** Takes no more runs: what is there goes to the sender, and the thread ends. */
    void finish() {
        queue.close();
    }

    /** Waits until everything has gone to the sender. Gives whether it has. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        try {
            while (!queue.isFinished()) {
                pulse.idle();
                LineRun run = queue.poll(open.isEmpty() ? Long.MAX_VALUE : nanosToWait());
                pulse.busy();
                boolean isAsked = run == null && flushing;
                if (run != null) {
                    add(run);
                }
                if (!open.isEmpty() && (isAsked || isDue())) {
                    flush();
                }
                if (isAsked) {
                    flushing = false;
                }
            }
            flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private long nanosToWait() {
        return deadline - System.nanoTime() + (growing ? LONGEST_GROWTH.toNanos() : 0);
    }

    private boolean isDue() {
        long late = System.nanoTime() - deadline;
        if (late < 0) {
            return false;
        }
        // Set before it is looked at: an arrival in between is not missed.
        growing = true;
        growing = late < LONGEST_GROWTH.toNanos() && sink.wouldWait(open.sources());
        return !growing;
    }

    private void add(LineRun run) throws InterruptedException {
        LineRun rest = run;
        while (true) {
            if (open.isEmpty()) {
                deadline = System.nanoTime() + interval.toNanos();
            }
            int taken = open.add(rest);
            boolean isRest = taken < rest.count();
            if ((isRest || open.isFull()) && !mayGrow()) {
                flush();
            }
            if (!isRest) {
                break;
            }
            rest = rest.slice(taken, rest.count());
        }
        if (!open.isEmpty() && isUrgent(run)) {
            deadline = Math.min(deadline - flushed, URGENT_NANOS) + flushed;
        }
    }

    /** Whether the batch, which has enough events, may take more because it would only have to wait; it is due all the same. */
    private boolean mayGrow() {
        if (!open.isFull() || !sink.wouldWait(open.sources()) || !open.grow(config.grownBatchSize())) {
            return false;
        }
        deadline -= Math.max(0, deadline - System.nanoTime());
        return true;
    }

    /** Levels are known where lines were parsed; to look for them in all others would cost more than it is worth. */
    private boolean isUrgent(LineRun run) {
        if (run.parsed() == null || config.urgentLevels().isEmpty()) {
            return false;
        }
        for (int line = 0; line < run.count(); line++) {
            if (config.urgentLevels().contains(run.level(line))) {
                return true;
            }
        }
        return false;
    }

    private void flush() throws InterruptedException {
        growing = false;
        if (!open.isEmpty()) {
            Batch batch = open.close(config.agentName(), batches.incrementAndGet());
            // While the destination is away there may be no room for long.
            pulse.idle();
            sink.submit(batch);
            pulse.busy();
            flushed = System.nanoTime();
        }
    }
}
