package dev.logagent.core.aggregator;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import dev.logagent.core.sender.Sender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Collects lines until a batch has enough of them, enough bytes, or has waited long enough since its first line; whichever
 * comes first. The hand-over from the detectors is bounded.
 */
public final class Aggregator {

    private final GlobalConfig config;
    private final Sender sender;
    private final RunQueue queue;
    private final OpenBatch open;
    private final CountDownLatch ended = new CountDownLatch(1);
    private long batches;
    private long deadline;

    public Aggregator(GlobalConfig config, Sender sender) {
        this.config = config;
        this.sender = sender;
        this.queue = new RunQueue(config.channelBound());
        this.open = new OpenBatch(config.maxBatchSize(), config.maxBatchBytes());
    }

    public void start(FatalError fatal) {
        Threads.start("aggregator", fatal.guard(this::run));
    }

    /**
     * Takes a run from a detector, waiting for room.
     *
     * @return false if the agent stops: the run was not taken
     */
    public boolean offer(LineRun run) {
        return queue.put(run);
    }

    /** Takes no more runs: what is there goes to the sender, and the thread ends. */
    public void finish() {
        queue.close();
    }

    /** Waits until everything has gone to the sender. Gives whether it has. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        try {
            while (!queue.isFinished()) {
                LineRun run = queue.poll(open.isEmpty() ? Long.MAX_VALUE : deadline - System.nanoTime());
                if (run != null) {
                    add(run);
                }
                if (!open.isEmpty() && System.nanoTime() - deadline >= 0) {
                    flush();
                }
            }
            flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void add(LineRun run) throws InterruptedException {
        LineRun rest = run;
        while (true) {
            if (open.isEmpty()) {
                deadline = System.nanoTime() + config.interval().toNanos();
            }
            int taken = open.add(rest);
            if (taken == rest.count()) {
                break;
            }
            rest = rest.slice(taken, rest.count());
            flush();
        }
        if (open.isFull()) {
            flush();
        }
    }

    private void flush() throws InterruptedException {
        if (!open.isEmpty()) {
            sender.submit(open.close(config.agentName(), ++batches));
        }
    }
}
