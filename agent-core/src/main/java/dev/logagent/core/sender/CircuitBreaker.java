package dev.logagent.core.sender;

/**
 * Whether the destination is there. While it is not, one batch at a time is sent to find out, instead of all of them again
 * and again.
 *
 * <p>A failure says something about the destination only if nothing was answered since that attempt began: a batch that
 * fails alone must not stop the others. A first failure is therefore only a doubt, and another batch is sent at once for a
 * second opinion. Pure bookkeeping; guarded by who uses it.
 */
final class CircuitBreaker {

    private State state = State.CLOSED;
    private boolean probing;
    private int failures;
    private boolean everAnswered;
    private long answeredNanos;
    private long leftNanos;
    private long probeNanos;

    private enum State {
        CLOSED,
        DOUBTED,
        OPEN
    }

    /** Whom a failure is put down to. */
    enum Blame {
        /** Others arrive. */
        BATCH,
        /** Not known yet. */
        UNKNOWN,
        DESTINATION
    }

    /** Whether everything may be sent. */
    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** How long ago the first of the attempts failed since which none has been answered; 0 if there is none. */
    long nanosAway(long nowNanos) {
        return isClosed() ? 0 : Math.max(1, nowNanos - leftNanos);
    }

    /** Whether a batch may be sent now. */
    boolean mayPass(long nowNanos) {
        return isClosed() || (!probing && nowNanos - probeNanos >= 0);
    }

    /** How long it takes until a batch may be sent, if nothing else happens. */
    long nanosToWait(long nowNanos) {
        if (isClosed()) {
            return 0;
        }
        return probing ? Long.MAX_VALUE : Math.max(0, probeNanos - nowNanos);
    }

    /** A batch is being sent. Gives whether it is the one that finds out. */
    boolean passed() {
        probing = !isClosed();
        return probing;
    }

    /** The destination has answered a batch: with yes or with no, it is there. Gives whether that is news. */
    boolean answered(long nowNanos) {
        boolean news = !isClosed();
        state = State.CLOSED;
        probing = false;
        failures = 0;
        everAnswered = true;
        answeredNanos = nowNanos;
        return news;
    }

    /**
     * An attempt has failed.
     *
     * @param sentNanos when it began
     * @param probe whether it was the one to find out
     * @param certain whether the destination itself asks to be left alone
     */
    Blame failed(long sentNanos, boolean probe, boolean certain, long nowNanos) {
        if (isClosed() && everAnswered && answeredNanos - sentNanos >= 0) {
            return Blame.BATCH;
        }
        if (isClosed()) {
            leftNanos = nowNanos;
            probeNanos = nowNanos;
        }
        if (isClosed() && !certain) {
            state = State.DOUBTED;
            failures = 1;
            return Blame.UNKNOWN;
        }
        if (state != State.OPEN || probe) {
            failures++;
        }
        probing &= !probe;
        state = State.OPEN;
        return Blame.DESTINATION;
    }

    /** Whether the destination has answered since the start. */
    boolean everAnswered() {
        return everAnswered;
    }

    /** How many attempts in a row have failed that were made to find out. */
    int failures() {
        return failures;
    }

    /** Lets the next batch be sent at that time, or later if that was said before. */
    void probeNotBefore(long nanos) {
        if (nanos - probeNanos > 0) {
            probeNanos = nanos;
        }
    }

    /** Lets the next batch be sent now. */
    void probeNow(long nowNanos) {
        probeNanos = nowNanos;
        failures = Math.min(1, failures);
    }
}
