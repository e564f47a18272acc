package dev.logagent.transport.kafka;

import java.util.function.Supplier;

/**
 * Makes the class loader of this transport the thread's context class loader for a while. Kafka's client loads its login
 * modules and default classes with that one, and a thread it starts meanwhile keeps it; the agent's own loader does not
 * know these classes.
 */
final class OwnClassLoader {

    private OwnClassLoader() {}

    /** What {@code work} gives, done with this transport's class loader. */
    static <T> T call(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Does {@code work} with this transport's class loader. */
    static void run(Runnable work) {
        call(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
