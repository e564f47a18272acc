package dev.logagent.dist;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import javax.management.Notification;
import javax.management.NotificationEmitter;

/**
 * Keeps the heap as small as what is in it allows. The serial collector lets the old generation grow to the JVM's limit before
 * it looks for garbage there, and that limit is meant for the most files that may be followed. Here it looks as soon as there
 * is {@value #GROWTH} times what was left the last time. Where the JVM tells of no threshold, the JVM's limit is the only one.
 */
public final class SmallHeap {

    private static final long LEAST_BYTES = 16 << 20;
    private static final int GROWTH = 2;

    private SmallHeap() {}

    /** From now on, for the rest of the process's life. */
    public static void keep() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()) {
                limit(pool, LEAST_BYTES);
                NotificationEmitter memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
                memory.addNotificationListener((notification, of) -> collect(pool), SmallHeap::isOfThreshold, null);
            }
        }
    }

    private static boolean isOfThreshold(Notification notification) {
        return notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED);
    }

    private static void collect(MemoryPoolMXBean pool) {
        System.gc();
        limit(pool, Math.max(LEAST_BYTES, GROWTH * pool.getUsage().getUsed()));
    }

    private static void limit(MemoryPoolMXBean pool, long bytes) {
        long most = pool.getUsage().getMax();
        pool.setUsageThreshold(most < 0 ? bytes : Math.min(most, bytes));
    }
}
