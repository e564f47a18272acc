package dev.logagent.core.alerts;

import dev.logagent.core.status.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Which share of the last minute's attempts of one output have failed. For use in one thread. */
final class FailureShare {

    private static final long WINDOW_MILLIS = 60_000;

    /** Of fewer attempts a share says nothing. */
    private static final long LEAST_ATTEMPTS = 10;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long atMillis, long attempts, long failed) {}

    /** In percent; 0 while there are too few attempts. */
    double percent(Map<Outcome, Long> attempts, long nowMillis) {
        long all = attempts.values().stream().mapToLong(Long::longValue).sum();
        long good = attempts.getOrDefault(Outcome.DELIVERED, 0L);
        samples.addLast(new Sample(nowMillis, all, all - good));
        // The oldest one is where the window begins.
        while (samples.size() > 2 && nowMillis - second().atMillis >= WINDOW_MILLIS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long made = all - first.attempts;
        return made < LEAST_ATTEMPTS ? 0 : 100.0 * (all - good - first.failed) / made;
    }

    private Sample second() {
        Sample first = samples.removeFirst();
        Sample second = samples.getFirst();
        samples.addFirst(first);
        return second;
    }
}
