package dev.logagent.core.limits;

import dev.logagent.core.config.RateConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How fast the lines of a source, or of all sources, may be read. Readers are let through one block at a time, and the blocks
 * are small where the rate is: so each file has its turn soon, whatever another one holds. Safe for use by several threads.
 */
public final class Pace {

    /** Reading may go on without end. */
    public static final Pace FREE = new Pace(RateConfig.UNLIMITED, List.of());

    /** A block takes about so many parts of what a second allows. */
    private static final int BLOCKS_PER_SECOND = 20;

    /** A line is taken to be so long before it is read. */
    private static final int BYTES_PER_LINE = 128;

    private static final int SMALLEST_BLOCK = 2048;

    private final @Nullable Allowance lines;
    private final @Nullable Allowance bytes;
    private final int blockBytes;
    private final List<Pace> wider;
    private final @Nullable CpuShare cpu;

    private Pace(RateConfig rate, List<Pace> wider) {
        this(rate, wider, null, System::nanoTime);
    }

    Pace(RateConfig rate, List<Pace> wider, @Nullable CpuShare cpu, LongSupplier clock) {
        this.lines = rate.linesPerSecond() == 0 ? null : new Allowance((double) rate.linesPerSecond(), clock);
        this.bytes = rate.bytesPerSecond() == 0 ? null : new Allowance((double) rate.bytesPerSecond(), clock);
        this.blockBytes = block(rate);
        this.wider = List.copyOf(wider);
        this.cpu = cpu;
    }

    /**
     * The pace of all sources.
     *
     * @param cpuPercent how much of one processor the process may use; 0 for as much as it needs
     */
    public static Pace overall(RateConfig rate, long cpuPercent) {
        CpuShare cpu = cpuPercent == 0 ? null : new CpuShare(cpuPercent, System::nanoTime, CpuShare::ofProcess);
        return new Pace(rate, List.of(), cpu, System::nanoTime);
    }

    /** The pace of one source among them. */
    public Pace of(RateConfig rate) {
        return new Pace(rate, List.of(this));
    }

    private static int block(RateConfig rate) {
        long most = Integer.MAX_VALUE;
        if (rate.linesPerSecond() > 0) {
            most = rate.linesPerSecond() * BYTES_PER_LINE / BLOCKS_PER_SECOND;
        }
        if (rate.bytesPerSecond() > 0) {
            most = Math.min(most, rate.bytesPerSecond() / BLOCKS_PER_SECOND);
        }
        return (int) Math.max(SMALLEST_BLOCK, Math.min(most, Integer.MAX_VALUE));
    }

    /** The most bytes that should be read at once. */
    public int blockBytes() {
        int least = blockBytes;
        for (Pace each : wider) {
            least = Math.min(least, each.blockBytes());
        }
        return least;
    }

    /**
     * Waits until something may be read, but not for ever: whoever waits has other things to look after.
     *
     * @return whether it may be now
     */
    public boolean await(Duration patience) {
        long wait = nanosToWait();
        if (wait > 0) {
            LockSupport.parkNanos(this, Math.min(wait, patience.toNanos()));
            wait = nanosToWait();
        }
        return wait <= 0;
    }

    private long nanosToWait() {
        long wait = 0;
        for (Pace each : wider) {
            wait = Math.max(wait, each.nanosToWait());
        }
        wait = lines == null ? wait : Math.max(wait, lines.nanosToWait());
        wait = bytes == null ? wait : Math.max(wait, bytes.nanosToWait());
        return cpu == null ? wait : Math.max(wait, cpu.nanosToWait());
    }

    /** So much has been read. */
    public void took(int lineCount, long byteCount) {
        if (lines != null) {
            lines.take(lineCount);
        }
        if (bytes != null) {
            bytes.take((double) byteCount);
        }
        wider.forEach(each -> each.took(lineCount, byteCount));
    }
}
