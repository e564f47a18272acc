package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.core.config.GlobalConfig.Ordering;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Decides which shipment may leave: any, or, where the order counts, only those that hold no line of a source whose earlier
 * lines are still on their way. Bounds how many are unresolved. Safe for use by several threads.
 *
 * <p>While older batches are in the spool, newer ones are <i>held</i>: they may not leave before the last one from there.
 */
final class Dispatch {

    private final int maxUnresolved;
    private final Ordering ordering;
    private final Runnable onTrouble;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition sendable = lock.newCondition();
    private final Succession succession = new Succession();
    private final Departures departures = new Departures();
    private final Deque<Shipment> held = new ArrayDeque<>();
    private final Set<Shipment> unresolved = new LinkedHashSet<>();
    private boolean holding;
    private boolean clearing;
    private boolean finishing;
    private boolean closed;

    /** @param onTrouble told, under a lock, whenever somebody has to wait for room or an attempt has failed */
    Dispatch(int maxUnresolved, Ordering ordering, Runnable onTrouble) {
        this.maxUnresolved = maxUnresolved;
        this.ordering = ordering;
        this.onTrouble = onTrouble;
    }

    /** The same for a batch that is in no hurry. */
    boolean add(Batch batch) throws InterruptedException {
        return add(batch, false);
    }

    /**
     * Takes a batch over, waiting for room. Gives false if it was not taken because the agent stops.
     *
     * @param urgent whether it leaves before others, and only others in a hurry take its room
     */
    boolean add(Batch batch, boolean urgent) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // In the worst case each half of the room is full of one kind.
            while (unresolved.size() >= (urgent ? 2 * maxUnresolved : maxUnresolved) && !closed) {
                onTrouble.run();
                changed.await();
            }
            if (closed) {
                return false;
            }
            Shipment shipment = new Shipment(batch);
            if (urgent) {
                shipment.hurry();
            }
            unresolved.add(shipment);
            if (holding) {
                held.add(shipment);
            } else {
                admit(shipment);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void admit(Shipment shipment) {
        if (ordering == Ordering.NONE || succession.admit(shipment)) {
            depart(shipment);
        }
    }

    private void depart(Shipment shipment) {
        departures.add(shipment);
        sendable.signal();
    }

    /** The next shipment that may leave, waiting for it. */
    Shipment take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = System.nanoTime();
                Shipment next = departures.poll(now);
                if (next != null) {
                    return next;
                }
                long wait = departures.nanosToWait(now);
                if (wait == Departures.NEVER) {
                    sendable.await();
                } else {
                    sendable.awaitNanos(wait);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The destination has answered: it is there, and everything may leave. */
    void answered() {
        lock.lock();
        try {
            if (departures.answered(System.nanoTime())) {
                clearing = false;
                sendable.signalAll();
                onTrouble.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * An attempt has failed: the shipment leaves again when its time has come, or its turn while the destination is away.
     *
     * @param asked whether the destination itself asks to wait
     * @param delayAfter says how long to wait after so many failures in a row
     */
    Departures.Failure failed(Shipment shipment, boolean asked, IntFunction<Duration> delayAfter) {
        lock.lock();
        try {
            Departures.Failure failure = departures.failed(shipment, asked, delayAfter, System.nanoTime());
            onTrouble.run();
            sendable.signalAll();
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** For a reason that is not the destination's the shipment leaves again after a while. */
    void postponed(Shipment shipment, Duration delay) {
        lock.lock();
        try {
            departures.delay(shipment, System.nanoTime(), delay);
            sendable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All of the shipment has reached the destination or the dead letters: those behind it may leave. */
    void resolved(Shipment shipment) {
        lock.lock();
        try {
            departures.arrived();
            unresolved.remove(shipment);
            succession.leave(shipment).forEach(this::depart);
            changed.signalAll();
            if (clearing) {
                onTrouble.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on new batches are held: there are older ones in the spool. */
    void hold() {
        lock.lock();
        try {
            holding = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The oldest shipments of those that may go to the spool, in order; they are nobody else's until they are given back or
     * gone. None while one is being sent that is older than all of them: then no other leaves before that is back.
     *
     * @param maxBytes about how many bytes of lines
     */
    List<Shipment> takeForSpool(long maxBytes) {
        lock.lock();
        try {
            if (!holding && !holdAll()) {
                return List.of();
            }
            List<Shipment> taken = new ArrayList<>();
            long bytes = 0;
            for (Shipment next = held.peek(); next != null && bytes < maxBytes; next = held.peek()) {
                bytes += next.bytes();
                taken.add(held.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean holdAll() {
        clearing = departures.sendingCount() > 0;
        if (clearing) {
            departures.pause();
            return false;
        }
        holding = true;
        // What was taken out of the spool is older than what was not.
        unresolved.stream().filter(Shipment::isInSpool).forEach(held::add);
        unresolved.stream().filter(shipment -> !shipment.isInSpool()).forEach(held::add);
        succession.dissolve(unresolved);
        departures.clear();
        return true;
    }

    /** These could not go to the spool. */
    void giveBack(List<Shipment> shipments) {
        lock.lock();
        try {
            for (int i = shipments.size() - 1; i >= 0; i--) {
                held.addFirst(shipments.get(i));
            }
        } finally {
            lock.unlock();
        }
    }

    /** These are in the spool now, or dropped. */
    void gone(List<Shipment> shipments) {
        lock.lock();
        try {
            shipments.forEach(unresolved::remove);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A batch has been taken out of the spool: it may leave before those that are held. */
    void load(Shipment shipment) {
        lock.lock();
        try {
            unresolved.add(shipment);
            admit(shipment);
        } finally {
            lock.unlock();
        }
    }

    /** Everything has been taken out of the spool: what was held may leave, in order. */
    void release() {
        lock.lock();
        try {
            holding = false;
            clearing = false;
            departures.resume();
            held.forEach(this::admit);
            held.clear();
            changed.signalAll();
            sendable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether batches are held because older ones are in the spool. */
    boolean isHolding() {
        return locked(() -> holding);
    }

    /** Whether a batch with lines of these sources could not leave now. */
    boolean wouldWait(Collection<String> sources) {
        lock.lock();
        try {
            return holding
                    || departures.readyCount() > 0
                    || (ordering == Ordering.SOURCE && succession.hasAny(sources));
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is no room for one more. */
    boolean isFull() {
        return locked(() -> unresolved.size() >= maxUnresolved);
    }

    /** For how long the destination has been away, as far as is known; 0 if it is there. */
    long nanosAway() {
        return locked(() -> departures.nanosAway(System.nanoTime()));
    }

    /** Whether the destination has answered since the start. */
    boolean everAnswered() {
        return locked(departures::everAnswered);
    }

    /** How many have failed and wait for their next attempt, or for the destination. */
    int waitingForRetry() {
        return locked(() -> departures.waitingForRetry()
                + (int) held.stream().filter(Shipment::hasFailed).count());
    }

    /** How many are waiting for a worker and may leave at once. */
    int readyCount() {
        return locked(() -> departures.readyCount());
    }

    /** All that are not resolved, the oldest first; a copy. */
    List<Shipment> unresolved() {
        return locked(() -> List.copyOf(unresolved));
    }

    /** Waits until nothing is unresolved; what is in the spool counts until {@link #finish}. */
    boolean awaitEmpty(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return unresolved.isEmpty() && (finishing || !holding);
    }

    /** Lets everything that waits for a retry have it now: something has changed that may help. */
    void retryNow() {
        lock.lock();
        try {
            departures.hurry(System.nanoTime());
            sendable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets everything that waits have one more try now; what is in the spool is left there. */
    void finish() {
        lock.lock();
        try {
            finishing = true;
            departures.hurry(System.nanoTime());
            changed.signalAll();
            sendable.signalAll();
            onTrouble.run();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the agent is about to stop. */
    boolean isFinishing() {
        return locked(() -> finishing);
    }

    /** Takes no more batches. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
