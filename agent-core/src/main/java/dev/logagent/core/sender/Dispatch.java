package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.core.config.GlobalConfig.Ordering;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides which shipment may leave: any, or, where the order counts, only those that hold no line of a source whose earlier
 * lines are still on their way. Bounds how many are unresolved. Safe for use by several threads.
 */
final class Dispatch {

    private final int maxUnresolved;
    private final Ordering ordering;
    private final BlockingQueue<Shipment> ready = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Shipment> unresolved = new HashSet<>();
    private final Map<String, Shipment> newestOfSource = new HashMap<>();
    private boolean closed;

    Dispatch(int maxUnresolved, Ordering ordering) {
        this.maxUnresolved = maxUnresolved;
        this.ordering = ordering;
    }

    /** Takes a batch over, waiting for room. Gives false if it was not taken because the agent stops. */
    boolean add(Batch batch) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unresolved.size() >= maxUnresolved && !closed) {
                changed.await();
            }
            if (closed) {
                return false;
            }
            Shipment shipment = new Shipment(batch);
            unresolved.add(shipment);
            if (ordering == Ordering.SOURCE) {
                queueBehindEarlier(shipment);
            }
            if (!shipment.hasPredecessors()) {
                ready.add(shipment);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void queueBehindEarlier(Shipment shipment) {
        Set<Shipment> earlier = new HashSet<>();
        for (String source : shipment.sources()) {
            Shipment newest = newestOfSource.put(source, shipment);
            if (newest != null) {
                earlier.add(newest);
            }
        }
        for (Shipment one : earlier) {
            one.followers().add(shipment);
            shipment.addPredecessor();
        }
    }

    /** The next shipment that may leave. */
    Shipment take() throws InterruptedException {
        return ready.take();
    }

    /** All of the shipment has reached the destination or the dead letters: those behind it may leave. */
    void resolved(Shipment shipment) {
        lock.lock();
        try {
            unresolved.remove(shipment);
            for (String source : shipment.sources()) {
                newestOfSource.remove(source, shipment);
            }
            for (Shipment follower : shipment.followers()) {
                if (follower.removePredecessor()) {
                    ready.add(follower);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many are not resolved. */
    int unresolvedCount() {
        lock.lock();
        try {
            return unresolved.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many are waiting for a worker and may leave at once. */
    int readyCount() {
        return ready.size();
    }

    /** Waits until nothing is unresolved. */
    boolean awaitEmpty(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!unresolved.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return unresolved.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The events that are not resolved; exact once the workers have ended. */
    long unresolvedEvents() {
        lock.lock();
        try {
            return unresolved.stream().mapToLong(Shipment::events).sum();
        } finally {
            lock.unlock();
        }
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
}
