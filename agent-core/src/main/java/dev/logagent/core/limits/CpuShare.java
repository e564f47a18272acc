package dev.logagent.core.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much of a processor the process may use on the average. Only reading can wait for that; it causes nearly all the work.
 * Safe for use by several threads.
 */
final class CpuShare {

    /** The system counts in steps, and looking costs something. */
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    /** The unit of {@code /proc/self/stat}, which is the same on all Linux systems. */
    private static final long TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;

    private final Allowance allowance;
    private final LongSupplier clock;
    private final LongSupplier used;
    private long lookedNanos;
    private long usedNanos;

    /**
     * @param clock gives nanoseconds, as {@link System#nanoTime} does
     * @param used gives the processor time that the process has used, in nanoseconds
     */
    CpuShare(long percent, LongSupplier clock, LongSupplier used) {
        this.allowance = new Allowance(percent / 100.0 * TimeUnit.SECONDS.toNanos(1), clock);
        this.clock = clock;
        this.used = used;
        this.lookedNanos = clock.getAsLong();
        this.usedNanos = used.getAsLong();
    }

    /** How long to wait, in nanoseconds; 0 if there is no need to. */
    synchronized long nanosToWait() {
        long now = clock.getAsLong();
        if (now - lookedNanos >= LOOK_NANOS) {
            long before = usedNanos;
            usedNanos = used.getAsLong();
            lookedNanos = now;
            allowance.take((double) (usedNanos - before));
        }
        return allowance.nanosToWait();
    }

    /** The processor time of this process in nanoseconds; 0 where the system does not tell. */
    static long ofProcess() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // The second field is the program's name, which may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
            return TimeUnit.SECONDS.toNanos(ticks) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }
}
