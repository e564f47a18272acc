package dev.logagent.core.sender;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to try again.
 *
 * @param baseDelay the wait after the first failure; it doubles with each further one
 */
record RetryPolicy(Duration baseDelay) {

    /** No wait is longer, unless the destination asks for it. */
    static final Duration MAX_DELAY = Duration.ofSeconds(30);

    /** Destinations that ask for more are asked again after this. */
    private static final Duration MAX_ASKED_DELAY = Duration.ofHours(1);

    /** Up to this share of a wait is random, so that many agents do not come back at one moment. */
    private static final double JITTER = 0.2;

    /**
     * {@code baseDelay · 2^(failures − 1)}, at most {@link #MAX_DELAY}, shortened at random by up to a fifth. What the
     * destination asks for wins, and is lengthened at random instead.
     *
     * @param failures how often the batch has failed in a row, from 1
     * @param asked the wait the destination asks for, or null
     */
    Duration delay(int failures, @Nullable Duration asked, RandomGenerator random) {
        if (asked != null) {
            Duration least = asked.compareTo(MAX_ASKED_DELAY) > 0 ? MAX_ASKED_DELAY : asked;
            return least.plusMillis((long) (least.toMillis() * JITTER * random.nextDouble()));
        }
        long base = baseDelay.toMillis();
        int doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(Math.max(1, base)) - 1);
        long full = Math.min(MAX_DELAY.toMillis(), base << doublings);
        return Duration.ofMillis(full - (long) (full * JITTER * random.nextDouble()));
    }

    /** The wait where it looks as if only the operator could help, and nothing has ever worked. */
    Duration slowDelay(RandomGenerator random) {
        return new RetryPolicy(MAX_DELAY).delay(1, null, random);
    }
}
