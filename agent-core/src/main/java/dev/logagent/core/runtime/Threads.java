package dev.logagent.core.runtime;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Starts the agent's threads: virtual ones where they can block without harm, else platform ones. */
public final class Threads {

    /** From 24 on a virtual thread that blocks inside {@code synchronized} frees its carrier (JEP 491). */
    private static final int FIRST_WITH_HARMLESS_BLOCKING = 24;

    private static final @Nullable Method START_VIRTUAL = findStartVirtual();

    private Threads() {}

    /** Starts a daemon thread of that name. */
    public static Thread start(String name, Runnable task) {
        if (START_VIRTUAL != null) {
            try {
                Thread thread = (Thread) START_VIRTUAL.invoke(null, (Runnable) () -> {
                    Thread.currentThread().setName(name);
                    task.run();
                });
                return thread;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot start a virtual thread", e);
            }
        }
        return startPlatform(name, task);
    }

    /** Starts a daemon platform thread, for work that must not share a carrier. */
    public static Thread startPlatform(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static @Nullable Method findStartVirtual() {
        if (Runtime.version().feature() < FIRST_WITH_HARMLESS_BLOCKING) {
            return null;
        }
        try {
            return Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
