package dev.logagent.core.transport;

import org.jspecify.annotations.Nullable;

/** The context class loader of the current thread. */
final class ContextLoader {

    private ContextLoader() {}

    /** Sets it, and gives back the one before, to be set again in a {@code finally}. */
    static @Nullable ClassLoader swap(@Nullable ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        return before;
    }
}
