package dev.logagent.core.status;

import java.util.concurrent.atomic.LongAdder;

/** How long something took, in classes. Safe for use by several threads; made to be told often and asked seldom. */
public final class LatencyHistogram {

    /** The upper bound of each class but the last one, in seconds. */
    private static final double[] BOUNDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600
    };

    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    public LatencyHistogram() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Counts one that took so long. */
    public void record(long tookNanos) {
        record(tookNanos, 1);
    }

    /** Counts several that took so long, each of them. */
    public void record(long tookNanos, int times) {
        double seconds = tookNanos / 1e9;
        int i = 0;
        while (i < BOUNDS.length && seconds > BOUNDS[i]) {
            i++;
        }
        counts[i].add(times);
        nanos.add(tookNanos * times);
    }

    /** What has been counted so far. */
    public Counts counts() {
        long[] taken = new long[counts.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = counts[i].sum();
        }
        return new Counts(taken, nanos.sum() / 1e9);
    }

    /** The counts at one moment. Immutable. */
    public static final class Counts {

        private final long[] counts;
        private final double sumSeconds;

        private Counts(long[] counts, double sumSeconds) {
            this.counts = counts;
            this.sumSeconds = sumSeconds;
        }

        /** The number of classes; the last one has no upper bound. */
        public int classes() {
            return counts.length;
        }

        /** The upper bound of a class in seconds, infinite for the last one. */
        public double bound(int index) {
            return index < BOUNDS.length ? BOUNDS[index] : Double.POSITIVE_INFINITY;
        }

        /** How many were in the class. */
        public long count(int index) {
            return counts[index];
        }

        /** How many there were. */
        public long total() {
            long total = 0;
            for (long count : counts) {
                total += count;
            }
            return total;
        }

        /** How long all of them took together, in seconds. */
        public double sumSeconds() {
            return sumSeconds;
        }

        /** Those that were counted after the earlier ones. */
        public Counts since(Counts earlier) {
            long[] more = counts.clone();
            for (int i = 0; i < more.length; i++) {
                more[i] -= earlier.counts[i];
            }
            return new Counts(more, sumSeconds - earlier.sumSeconds);
        }

        /** These and the others. */
        public Counts plus(Counts others) {
            long[] all = counts.clone();
            for (int i = 0; i < all.length; i++) {
                all[i] += others.counts[i];
            }
            return new Counts(all, sumSeconds + others.sumSeconds);
        }

        /**
         * The time that this share of all did not exceed, in seconds: within its class estimated in proportion, and the
         * greatest bound for what is beyond it. 0 when there are none.
         *
         * @param share from 0 to 1
         */
        public double quantile(double share) {
            double wanted = share * total();
            double seen = 0;
            for (int i = 0; i < BOUNDS.length; i++) {
                if (counts[i] > 0 && seen + counts[i] >= wanted) {
                    double from = i == 0 ? 0 : BOUNDS[i - 1];
                    return from + (BOUNDS[i] - from) * Math.max(0, wanted - seen) / counts[i];
                }
                seen += counts[i];
            }
            return total() == 0 ? 0 : BOUNDS[BOUNDS.length - 1];
        }
    }
}
