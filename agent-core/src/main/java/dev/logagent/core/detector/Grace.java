package dev.logagent.core.detector;

import java.time.Duration;

/** How long files are kept open that lost their names and do not grow. */
final class Grace {

    /** Writers may hold on to a renamed file. */
    private static final long RENAMED_NANOS = Duration.ofSeconds(60).toNanos();

    /** A deleted file is given back to the file system soon. */
    private static final long DELETED_NANOS = Duration.ofSeconds(5).toNanos();

    private Grace() {}

    /** Whether a retired file that is read to its end may be closed. */
    static boolean isOver(TailedFile tail, boolean renamed, long nowNanos) {
        return tail.nanosSinceGrowth(nowNanos) > (renamed ? RENAMED_NANOS : DELETED_NANOS);
    }
}
