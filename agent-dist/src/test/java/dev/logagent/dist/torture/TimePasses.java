package dev.logagent.dist.torture;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass that belongs to a scenario: a writer that is silent for a while. Nothing is waited for with it. */
final class TimePasses {

    private TimePasses() {}

    static void of(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
