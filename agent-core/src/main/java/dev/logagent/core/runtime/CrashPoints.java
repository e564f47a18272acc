package dev.logagent.core.runtime;

/**
 * The moments between the steps of writing to disk, each with a name: nothing happens at them, but a test can end the
 * process there and see whether everything is found again. Safe for use by several threads.
 */
@FunctionalInterface
public interface CrashPoints {

    /** What the program runs with. */
    CrashPoints NONE = point -> {};

    /**
     * A step was done, the next one was not.
     *
     * @param point what is written and how far it is, e.g. {@code spool.append.written}
     */
    void reached(String point);
}
