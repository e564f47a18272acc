package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches, several at once, and again until the destination or the dead letters have every event. At most {@code
 * max_send_task} are sent for the first time at once; as many workers serve those that failed, when their wait is over.
 */
public final class Sender {

    private final Transport transport;
    private final GlobalConfig config;
    private final AgentEvents events;
    private final FatalError fatal;
    private final Consumer<Batch> onResolved;
    private final Dispatch dispatch;
    private final DelayQueue<Shipment> retries = new DelayQueue<>();
    private final RetryPolicy retryPolicy;
    private final DestinationHealth health;
    private final DeadLetters deadLetters;
    private final List<Thread> workers = new ArrayList<>();
    private int senders;
    private boolean retryWorkersStarted;
    private volatile boolean stopped;

    /**
     * @param onResolved told of each part of a batch that has reached the destination or the dead letters, on the worker's
     *     thread
     */
    public Sender(
            Transport transport,
            GlobalConfig config,
            Path stateFolder,
            AgentEvents events,
            FatalError fatal,
            Consumer<Batch> onResolved) {
        this.transport = transport;
        this.config = config;
        this.events = events;
        this.fatal = fatal;
        this.onResolved = onResolved;
        this.dispatch = new Dispatch(config.channelBound(), config.ordering());
        this.retryPolicy = new RetryPolicy(config.retryDelay());
        this.health = new DestinationHealth(events);
        this.deadLetters = new DeadLetters(stateFolder);
    }

    /**
     * Takes a batch over, waiting while too many are unresolved. Dropped without a trace when the sender has been stopped:
     * its lines are read again at the next start.
     */
    public void submit(Batch batch) throws InterruptedException {
        dispatch.add(batch);
        startWorkerIfNeeded();
    }

    /** Workers are started when there is work for them, because an idle thread costs memory. */
    private synchronized void startWorkerIfNeeded() {
        if (dispatch.readyCount() > 0 && senders < config.maxSendTasks()) {
            senders++;
            startWorker("sender-" + senders, this::sendReady);
        }
    }

    private synchronized void startRetryWorkers() {
        if (!retryWorkersStarted) {
            retryWorkersStarted = true;
            for (int number = 1; number <= config.maxSendTasks(); number++) {
                startWorker("retry-" + number, this::sendAgain);
            }
        }
    }

    private void startWorker(String name, Worker worker) {
        if (!stopped) {
            workers.add(Threads.start(name, fatal.guard(() -> loop(worker))));
        }
    }

    private interface Worker {
        void work() throws InterruptedException;
    }

    private void loop(Worker worker) {
        try {
            while (!stopped) {
                worker.work();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendReady() throws InterruptedException {
        ship(dispatch.take());
    }

    private void sendAgain() throws InterruptedException {
        ship(retries.take());
    }

    /** Sends the parts of a shipment one after the other, until all are resolved or one has to wait. */
    private void ship(Shipment shipment) throws InterruptedException {
        while (!shipment.parts().isEmpty()) {
            Batch part = shipment.parts().element();
            SendResult result = send(part);
            if (result instanceof SendResult.Delivered) {
                shipment.parts().remove();
                delivered(part);
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
        dispatch.resolved(shipment);
    }

    private SendResult send(Batch batch) throws InterruptedException {
        try {
            return transport.send(batch);
        } catch (IOException e) {
            return SendResult.retry(describe(e));
        } catch (RuntimeException e) {
            events.transportBroken(e);
            return SendResult.retry("the transport failed: " + e);
        }
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void delivered(Batch batch) {
        health.answered();
        events.batchDelivered(batch);
        onResolved.accept(batch);
    }

    /** Halves a part that is refused, until a single event is: that one goes to the dead letters. */
    private boolean reject(Shipment shipment, Batch part, String reason) {
        if (part.size() > 1) {
            health.answered();
            shipment.parts().remove();
            List<Batch> halves = part.halves();
            shipment.parts().addFirst(halves.get(1));
            shipment.parts().addFirst(halves.get(0));
            return true;
        }
        String obstacle = bury(shipment, part, reason);
        if (obstacle != null) {
            failed(shipment, part, obstacle, null, false);
            return false;
        }
        health.answered();
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
            delivered(part.select(delivered));
        }
        String obstacle = buryEach(shipment, part, partial.rejected(), open);
        if (open.isEmpty()) {
            return true;
        }
        Batch rest = part.select(open);
        shipment.parts().addFirst(rest);
        failed(shipment, rest, obstacle == null ? partial.retryReason() : obstacle, partial.after(), false);
        return false;
    }

    /** Writes the refused events to the dead letters, and takes them out of the open ones. Gives why that failed, or null. */
    private @Nullable String buryEach(Shipment shipment, Batch part, Map<Integer, String> rejected, BitSet open) {
        for (Map.Entry<Integer, String> one : rejected.entrySet()) {
            int index = one.getKey();
            if (index < 0 || !open.get(index)) {
                continue; // a transport that contradicts itself must not cost an event
            }
            BitSet only = new BitSet();
            only.set(index);
            String obstacle = bury(shipment, part.select(only), one.getValue());
            if (obstacle != null) {
                return obstacle;
            }
            open.clear(index);
        }
        return null;
    }

    /** Writes a part to the dead letters. Gives why that failed, or null. */
    private @Nullable String bury(Shipment shipment, Batch part, String reason) {
        try {
            deadLetters.add(part, reason, shipment.failures() + 1);
        } catch (IOException e) {
            events.deadLettersFailing(describe(e));
            return "dead letters cannot be written: " + describe(e);
        }
        events.eventsRejected(part.size(), reason, deadLetters.file());
        onResolved.accept(part);
        return null;
    }

    private void failed(Shipment shipment, Batch part, String reason, @Nullable Duration asked, boolean misconfigured) {
        int failures = shipment.failed();
        health.failed(reason, misconfigured);
        if (failures > config.retryCount() && shipment.park()) {
            health.parked(failures, reason);
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Duration delay = misconfigured ? retryPolicy.slowDelay(random) : retryPolicy.delay(failures, asked, random);
        events.batchRetried(part, failures, reason, delay);
        shipment.parts().remove();
        shipment.parts().addFirst(detached(part));
        shipment.dueAt(System.nanoTime() + delay.toNanos());
        retries.add(shipment);
        startRetryWorkers();
    }

    /** The batch with bytes of its own: one that waits must not keep the blocks alive that its lines were read in. */
    private static Batch detached(Batch batch) {
        List<LineRun> runs = batch.runs().stream().map(LineRun::detached).toList();
        return new Batch(batch.agentName(), batch.number(), runs);
    }

    /** Gives everything that waits for a retry one more try now. */
    public void retryNow() {
        long now = System.nanoTime();
        for (Shipment shipment : List.copyOf(retries)) {
            if (retries.remove(shipment)) {
                shipment.dueAt(now);
                retries.add(shipment);
            }
        }
    }

    /** Waits until every event has reached the destination or the dead letters. */
    public boolean awaitEmpty(Duration timeout) throws InterruptedException {
        return dispatch.awaitEmpty(timeout);
    }

    /** Batches that are not resolved. */
    public int unresolvedBatches() {
        return dispatch.unresolvedCount();
    }

    /** Events that are not resolved; exact after {@link #stop}. */
    public long unresolvedEvents() {
        return dispatch.unresolvedEvents();
    }

    /** Takes no more batches, interrupts what is being sent, and waits for the workers to end. */
    public void stop(Duration timeout) throws InterruptedException {
        List<Thread> running;
        synchronized (this) {
            stopped = true;
            running = List.copyOf(workers);
        }
        dispatch.close();
        running.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + timeout.toNanos();
        for (Thread worker : running) {
            long millis = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            worker.join(millis);
        }
    }
}
