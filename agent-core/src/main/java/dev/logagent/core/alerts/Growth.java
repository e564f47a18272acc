package dev.logagent.core.alerts;

import java.util.HashMap;
import java.util.Map;

/** Remembers when counters have grown last. For use in one thread. */
final class Growth {

    private final Map<String, Counter> counters = new HashMap<>();

    private record Counter(long value, long grownMillis) {}

    /**
     * One look at a counter.
     *
     * @return how long ago it was seen to grow last, in milliseconds; since the first look if it never has
     */
    long millisAgo(String name, long value, long nowMillis) {
        Counter before = counters.get(name);
        if (before == null || before.value != value) {
            counters.put(name, new Counter(value, nowMillis));
            return 0;
        }
        return nowMillis - before.grownMillis;
    }

    /** Whether a counter, 0 when the agent started, has grown within some time. */
    boolean hasGrown(String name, long value, long nowMillis, long withinMillis) {
        return value > 0 && millisAgo(name, value, nowMillis) < withinMillis;
    }
}
