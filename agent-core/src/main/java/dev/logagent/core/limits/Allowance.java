package dev.logagent.core.limits;

import java.util.function.LongSupplier;

/**
 * So much of something a second. What is taken may exceed what is there: then all wait until the debt is paid, so that on the
 * average the rate holds, however large the pieces are. Safe for use by several threads.
 */
final class Allowance {

    /** What was not taken for so long may be taken at once. */
    private static final double SAVED_SECONDS = 1;

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final LongSupplier clock;
    private double balance;
    private long paidNanos;

    /** @param clock gives nanoseconds, as {@link System#nanoTime} does */
    Allowance(double perSecond, LongSupplier clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.balance = perSecond * SAVED_SECONDS;
        this.paidNanos = clock.getAsLong();
    }

    /** How long to wait before something may be taken, in nanoseconds; 0 if it may be now. */
    synchronized long nanosToWait() {
        pay();
        return balance > 0 ? 0 : Math.max(1, (long) Math.ceil(-balance / perSecond * NANOS));
    }

    synchronized void take(double amount) {
        pay();
        balance -= amount;
    }

    private void pay() {
        long now = clock.getAsLong();
        balance = Math.min(perSecond * SAVED_SECONDS, balance + (now - paidNanos) / NANOS * perSecond);
        paidNanos = now;
    }
}
