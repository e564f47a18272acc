package dev.logagent.core.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The agent's workers, and for how long each has been at one thing. Safe for use by several threads. */
public final class Workers {

    private final Set<Pulse> pulses = ConcurrentHashMap.newKeySet();

    /**
     * A worker that is at something.
     *
     * @param time for how long it has been at it
     */
    public record Busy(String name, Duration time) {}

    void add(Pulse pulse) {
        pulses.add(pulse);
    }

    void remove(Pulse pulse) {
        pulses.remove(pulse);
    }

    /** All workers that are at something now, and do not just wait for work or for room. */
    public List<Busy> busy() {
        return busyFor(Duration.ZERO);
    }

    /** Those that have been at one thing for longer than that. */
    public List<Busy> busyFor(Duration longerThan) {
        long now = System.nanoTime();
        return pulses.stream()
                .map(pulse -> new Busy(pulse.name(), pulse.busyTime(now)))
                .filter(busy -> busy.time().compareTo(longerThan) > 0)
                .toList();
    }
}
