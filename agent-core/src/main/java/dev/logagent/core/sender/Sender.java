package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.deadletter.DeadLetters;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.runtime.Pulse;
import dev.logagent.core.runtime.Threads;
import dev.logagent.core.sender.CircuitBreaker.Blame;
import dev.logagent.core.spool.Spool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches, several at once, and again until the destination or the dead letters have every event. At most {@code
 * max_send_task} are sent at once. While the destination is away they wait in memory, and when that is short in the spool.
 */
public final class Sender {

    private static final Duration SPOOLER_PATIENCE = Duration.ofSeconds(10);

    private final Transport transport;
    private final GlobalConfig config;
    private final AgentEvents events;
    private final FatalError fatal;
    private final Consumer<Batch> onResolved;
    private final MemoryBudget budget;
    private final Dispatch dispatch;
    private final Spool spool;
    private final Overflow overflow;
    private final RetryPolicy retryPolicy;
    private final DestinationHealth health;
    private final Refusals refusals;
    private final List<Thread> workers = new ArrayList<>();
    private final Pulse spooling = new Pulse("spooler");
    private volatile Runnable onArrival = () -> {};
    private volatile @Nullable Thread spooler;
    private volatile boolean stopped;
    private volatile boolean workersEnded;
    private volatile boolean allIdle;

    /**
     * A sender that has found what an earlier life left in the spool.
     *
     * @param outlet where the output's spool and dead letters are, and what may go to it
     * @param budget what everything on its way takes memory from; when it is short, batches go to the spool
     * @param onResolved told of each part of a batch that has reached the destination, the dead letters or the spool, on
     *     the thread that brought it there
     * @throws IOException if the spool cannot be read, with a message for the user
     */
    public Sender(
            Transport transport,
            Outlet outlet,
            DeadLetters deadLetters,
            MemoryBudget budget,
            AgentEvents events,
            FatalError fatal,
            CrashPoints crashPoints,
            Consumer<Batch> onResolved)
            throws IOException {
        this.transport = transport;
        this.config = outlet.output().delivery();
        this.events = events;
        this.fatal = fatal;
        this.onResolved = onResolved;
        this.dispatch = new Dispatch(config.channelBound(), config.ordering(), this::wakeSpooler);
        this.retryPolicy = new RetryPolicy(config.retryDelay());
        this.health = new DestinationHealth(events);
        this.refusals = new Refusals(deadLetters, events, this::settled);
        this.spool = outlet.openSpool(events, crashPoints);
        this.overflow = new Overflow(
                spool,
                outlet.openWithheld(events, crashPoints),
                dispatch,
                budget,
                outlet,
                2 * config.maxSendTasks(),
                events,
                new SpoolReports(outlet.spoolFolder(), events),
                this::settled);
        this.budget = budget;
        budget.onShortage(this::memoryIsShort);
    }

    /** Begins to deliver what an earlier life left in the spool. */
    public void start() {
        if (overflow.resume()) {
            startSpooler();
        }
    }

    /**
     * Takes a batch over, waiting while too many are unresolved. Dropped without a trace when the sender has been stopped:
     * its lines are read again at the next start. An urgent one leaves before others, and finds room when they do not.
     */
    public void submit(Batch batch, boolean isUrgent) throws InterruptedException {
        dispatch.add(batch, isUrgent);
        startWorkerIfNeeded();
    }

    /** Calls this, on a worker's thread, when a batch has arrived; to be set before anything is submitted. */
    public void onArrival(Runnable listener) {
        onArrival = listener;
    }

    /** Whether a batch with lines of these sources would have to wait for earlier ones, and has the memory for that. */
    public boolean wouldWait(Collection<String> sources) {
        return !budget.isShort() && dispatch.wouldWait(sources);
    }

    private void memoryIsShort() {
        wakeSpooler();
        onArrival.run();
    }

    /** Workers are started when there is work for them, because an idle thread costs memory. */
    private synchronized void startWorkerIfNeeded() {
        if (!stopped && workers.size() < config.maxSendTasks() && dispatch.readyCount() > 0) {
            Pulse pulse = new Pulse("sender-" + (workers.size() + 1));
            workers.add(Threads.start(pulse.name(), fatal.guard(pulse, () -> sendAll(pulse))));
        }
    }

    private void sendAll(Pulse pulse) {
        try {
            while (!stopped) {
                ship(dispatch.take(), pulse);
                pulse.idle();
            }
        } catch (InterruptedException e) {
            if (!stopped) {
                Thread.currentThread().interrupt(); // by whom? Its shipment is in nobody's hands now
                return;
            }
        }
        forgetInterrupt();
    }

    /** That was {@link #stop}: it interrupts all in one go. */
    private synchronized void forgetInterrupt() {
        Thread.interrupted();
    }

    private synchronized void startSpooler() {
        if (!stopped && spooler == null) {
            // Not a virtual one: it waits for the disk.
            spooler = Threads.startPlatform("spooler", fatal.guard(spooling, this::workSpool));
        }
    }

    private void workSpool() {
        while (!workersEnded) {
            spooling.busy();
            long pause = overflow.work();
            startWorkerIfNeeded();
            spooling.idle();
            if (pause > 0) {
                LockSupport.parkNanos(this, pause);
            }
        }
        overflow.finish(allIdle);
    }

    private void wakeSpooler() {
        LockSupport.unpark(spooler);
    }

    /** Sends the parts of a shipment one after the other, until all are resolved or one has to wait. */
    private void ship(Shipment shipment, Pulse pulse) throws InterruptedException {
        while (!shipment.parts().isEmpty()) {
            Batch part = shipment.parts().element();
            pulse.busy();
            SendResult result = send(part);
            if (result instanceof SendResult.Delivered) {
                shipment.parts().remove();
                delivered(shipment, part);
            } else if (result instanceof SendResult.Rejected rejected) {
                if (!reject(shipment, part, rejected.reason())) {
                    return;
                }
            } else if (result instanceof SendResult.Partial partial) {
                if (!settle(shipment, part, partial)) {
                    return;
                }
            } else if (result instanceof SendResult.Retry retry) {
                failed(shipment, part, retry.reason(), retry.after(), false);
                return;
            } else if (result instanceof SendResult.Misconfigured misconfigured) {
                failed(shipment, part, misconfigured.reason(), null, true);
                return;
            }
        }
        if (shipment.isInSpool()) {
            overflow.resolved(shipment);
            wakeSpooler();
        }
        dispatch.resolved(shipment);
        onArrival.run();
    }

    private SendResult send(Batch batch) throws InterruptedException {
        try {
            return transport.send(batch);
        } catch (IOException e) {
            return SendResult.retry(DestinationHealth.describe(e));
        } catch (RuntimeException e) {
            events.transportBroken(e);
            return SendResult.retry("the transport failed: " + e);
        }
    }

    private void delivered(Shipment shipment, Batch part) {
        answered();
        events.batchDelivered(part);
        settled(shipment, part);
    }

    private void answered() {
        dispatch.answered();
        health.answered();
    }

    /** A part is in safe hands: its lines are off the books, unless they were before. */
    private void settled(Shipment shipment, Batch part) {
        if (!shipment.isInSpool()) {
            onResolved.accept(part);
        }
    }

    /** Halves a part that is refused, until a single event is: that one goes to the dead letters. */
    private boolean reject(Shipment shipment, Batch part, String reason) {
        if (part.size() > 1) {
            answered();
            shipment.parts().remove();
            List<Batch> halves = part.halves();
            shipment.parts().addFirst(halves.get(1));
            shipment.parts().addFirst(halves.get(0));
            return true;
        }
        String obstacle = refusals.bury(shipment, part, reason);
        answered();
        if (obstacle != null) {
            postponed(shipment, part, obstacle);
            return false;
        }
        shipment.parts().remove();
        return true;
    }

    /** Each event has had its own fate. Gives false if the shipment has to wait. */
    private boolean settle(Shipment shipment, Batch part, SendResult.Partial partial) {
        BitSet open = new BitSet();
        open.set(0, part.size());
        BitSet delivered = partial.delivered();
        delivered.and(open);
        open.andNot(delivered);
        shipment.parts().remove();
        if (!delivered.isEmpty()) {
            delivered(shipment, part.select(delivered));
        }
        String obstacle = refusals.buryEach(shipment, part, partial.rejected(), open);
        if (open.isEmpty()) {
            return true;
        }
        Batch rest = part.select(open);
        shipment.parts().addFirst(rest);
        if (obstacle == null) {
            failed(shipment, rest, partial.retryReason(), partial.after(), false);
        } else {
            answered();
            postponed(shipment, rest, obstacle);
        }
        return false;
    }

    private void failed(Shipment shipment, Batch part, String reason, @Nullable Duration asked, boolean misconfigured) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        shipment.detachFirst();
        // What has worked before is more likely to be starting again than to have got new rules.
        boolean isSlow = misconfigured && !dispatch.everAnswered();
        Departures.Failure failure = dispatch.failed(
                shipment,
                asked != null,
                failures -> isSlow ? retryPolicy.slowDelay(random) : retryPolicy.delay(failures, asked, random));
        boolean isTold = failure.blame() == Blame.DESTINATION
                || (failure.blame() == Blame.UNKNOWN && failure.alone() && !shipment.isParked());
        health.failed(reason, misconfigured, isTold);
        if (failure.attempts() > config.retryCount()) {
            shipment.park();
            health.parked(failure.attempts(), reason);
        }
        events.batchRetried(part, failure.attempts(), reason, failure.delay());
        if (failure.blame() != Blame.BATCH) {
            startSpooler();
        }
    }

    /** The dead letters cannot be written: that says nothing about the destination. */
    private void postponed(Shipment shipment, Batch part, String reason) {
        shipment.detachFirst();
        int failures = shipment.failed();
        Duration delay = retryPolicy.delay(failures, null, ThreadLocalRandom.current());
        events.batchRetried(part, failures, reason, delay);
        dispatch.postponed(shipment, delay);
    }

    /** Gives everything that waits for a retry its next try now: something has changed that may help. */
    public void retryNow() {
        dispatch.retryNow();
        startWorkerIfNeeded();
    }

    /** Gives everything that waits for a retry one more try now; what is in the spool is left there. */
    public void finish() {
        dispatch.finish();
    }

    /** Waits until every event has reached the destination or the dead letters; after {@link #finish}, or the spool. */
    public boolean awaitEmpty(Duration timeout) throws InterruptedException {
        return dispatch.awaitEmpty(timeout);
    }

    /** Batches in memory that are not resolved. */
    public int unresolvedBatches() {
        return dispatch.unresolved().size();
    }

    /** Batches that have failed and wait for their next try. */
    public int waitingForRetry() {
        return dispatch.waitingForRetry();
    }

    /** For how long the destination has answered nothing, so that only one batch at a time is tried; zero while it does. */
    public Duration away() {
        return Duration.ofNanos(dispatch.nanosAway());
    }

    /** Events that are neither resolved nor in the spool; exact after {@link #stop}. */
    public long unresolvedEvents() {
        return dispatch.unresolved().stream()
                .filter(shipment -> !shipment.isInSpool())
                .mapToLong(Shipment::events)
                .sum();
    }

    /** Batches in the spool. */
    public long spooledBatches() {
        return spool.records();
    }

    /** What the spool takes up on disk, what is withheld included, in bytes. */
    public long spooledBytes() {
        return overflow.bytesOnDisk();
    }

    /**
     * Takes no more batches, interrupts what is being sent, and waits for the workers to end. While the destination is
     * away, what is left in memory goes to the spool.
     */
    public void stop(Duration timeout) throws InterruptedException {
        List<Thread> running;
        synchronized (this) {
            stopped = true;
            running = List.copyOf(workers);
            dispatch.close();
            running.forEach(Thread::interrupt);
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        for (Thread worker : running) {
            worker.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        allIdle = running.stream().noneMatch(Thread::isAlive);
        workersEnded = true;
        Thread last = spooler;
        if (last != null) {
            wakeSpooler();
            last.join(SPOOLER_PATIENCE.toMillis()); // never interrupted: that would close its files
        }
    }
}
