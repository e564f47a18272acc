package dev.logagent.core.sender;

import dev.logagent.core.sender.CircuitBreaker.Blame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The shipments that wait for nothing but a worker, their next attempt, or the destination. Times are those of {@link
 * System#nanoTime}. Guarded by who uses it.
 */
final class Departures {

    /** There is nothing to wait for but what others do. */
    static final long NEVER = Long.MAX_VALUE;

    private final CircuitBreaker breaker = new CircuitBreaker();
    private final Deque<Shipment> ready = new ArrayDeque<>();
    private final PriorityQueue<Shipment> delayed =
            new PriorityQueue<>((a, b) -> Long.compare(a.dueNanos() - b.dueNanos(), 0));
    private @Nullable Shipment doubtful;
    private boolean paused;
    private int sending;

    /**
     * What a failed attempt leads to.
     *
     * @param blame whom it is put down to
     * @param alone whether nobody is there who could give a second opinion
     * @param attempts how many have failed in a row
     * @param delay until the next attempt, with this shipment or another
     */
    record Failure(Blame blame, boolean alone, int attempts, Duration delay) {}

    void add(Shipment shipment) {
        if (shipment.isUrgent()) {
            ready.addFirst(shipment);
        } else {
            ready.add(shipment);
        }
    }

    /** How many wait for nothing but a worker. */
    int readyCount() {
        return ready.size();
    }

    /** How many of those that wait have failed before. */
    int waitingForRetry() {
        return delayed.size() + (int) ready.stream().filter(Shipment::hasFailed).count();
    }

    /** How many are being sent. */
    int sendingCount() {
        return sending;
    }

    /** The next one, which is being sent from now on; null if none may leave now. */
    @Nullable Shipment poll(long now) {
        while (!delayed.isEmpty() && delayed.element().dueNanos() - now <= 0) {
            ready.add(delayed.remove());
        }
        if (paused || ready.isEmpty() || !breaker.mayPass(now)) {
            return null;
        }
        Shipment shipment = ready.remove();
        shipment.sent(now, breaker.passed());
        sending++;
        return shipment;
    }

    /** How long it takes until one may leave, if nothing else happens. */
    long nanosToWait(long now) {
        Shipment first = delayed.peek();
        long wait = first == null ? NEVER : Math.max(0, first.dueNanos() - now);
        return ready.isEmpty() || paused ? wait : Math.min(wait, breaker.nanosToWait(now));
    }

    /** Lets none leave until the destination answers, or somebody calls {@link #clear} or {@link #resume}. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** Forgets all that are not being sent. */
    void clear() {
        ready.clear();
        delayed.clear();
        doubtful = null;
        paused = false;
    }

    /** All of the shipment is resolved. */
    void arrived() {
        sending--;
    }

    /** The destination has answered. Gives whether that is news. */
    boolean answered(long now) {
        boolean news = breaker.answered(now);
        if (news) {
            paused = false;
            doubtful = null;
        }
        return news;
    }

    Failure failed(Shipment shipment, boolean asked, IntFunction<Duration> delayAfter, long now) {
        int failures = shipment.failed();
        int before = breaker.failures();
        Blame blame = breaker.failed(shipment.sentNanos(), shipment.isProbe(), asked, now);
        boolean alone = ready.isEmpty() && delayed.isEmpty();
        int attempts = blame == Blame.DESTINATION ? breaker.failures() : failures;
        Duration delay = delayAfter.apply(attempts);
        if (blame == Blame.DESTINATION) {
            if (asked || breaker.failures() > before) {
                breaker.probeNotBefore(now + delay.toNanos());
            }
            waitForDestination(shipment);
        } else {
            delay(shipment, now, delay);
            doubtful = blame == Blame.UNKNOWN ? shipment : doubtful;
        }
        return new Failure(blame, alone, Math.max(failures, attempts), delay);
    }

    /** Goes to the end, so that the next one to find out is another. */
    private void waitForDestination(Shipment shipment) {
        sending--;
        Shipment first = doubtful;
        if (first != null && delayed.remove(first)) {
            ready.add(first);
        }
        doubtful = null;
        ready.add(shipment);
    }

    /** Lets a shipment that was being sent leave again after a while. */
    void delay(Shipment shipment, long now, Duration delay) {
        sending--;
        shipment.dueAt(now + delay.toNanos());
        delayed.add(shipment);
    }

    /** Lets everything that waits have one more try now. */
    void hurry(long now) {
        ready.addAll(delayed);
        delayed.clear();
        breaker.probeNow(now);
    }

    /** Whether the destination has answered since the start. */
    boolean everAnswered() {
        return breaker.everAnswered();
    }

    /** For how long the destination has been away, as far as is known; 0 if it is there. */
    long nanosAway(long now) {
        return breaker.nanosAway(now);
    }
}
