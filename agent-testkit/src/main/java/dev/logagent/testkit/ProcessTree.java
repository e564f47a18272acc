package dev.logagent.testkit;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Ends processes with all that they have started. */
public final class ProcessTree {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private ProcessTree() {}

    /**
     * Ends a process and its descendants at once, without a chance to say goodbye, and waits until they are gone.
     *
     * <p>It looks for their end instead of asking to be told: that is told on the common pool, which has a single thread
     * on a small machine.
     */
    public static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        while (all.stream().anyMatch(ProcessHandle::isAlive)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
