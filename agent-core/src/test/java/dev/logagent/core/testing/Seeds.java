package dev.logagent.core.testing;

import java.util.Random;

/**
 * Runs a property with many random inputs that can be repeated: a failure names its seed, and {@code -Dlogagent.seed=N}
 * runs that one alone.
 */
public final class Seeds {

    private Seeds() {}

    /** What must hold for every input. */
    public interface Property {
        void check(Random random) throws Exception;
    }

    /** Checks the property with {@code count} seeds. */
    public static void forEach(int count, Property property) {
        Long only = Long.getLong("logagent.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? count : only;
        for (long seed = first; seed <= last; seed++) {
            check(seed, property);
        }
    }

    /** Checks the property with one seed. */
    public static void check(long seed, Property property) {
        try {
            property.check(new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("fails with -Dlogagent.seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
