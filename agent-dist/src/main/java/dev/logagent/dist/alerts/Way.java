package dev.logagent.dist.alerts;

import org.jspecify.annotations.Nullable;

/** A way to tell somebody of a change. Used by one thread at a time. */
interface Way {

    /** What it is called in the log and on the dashboard. */
    String name();

    /**
     * Tells of one change, within the time that is configured.
     *
     * @param json what to tell
     * @return what became of it; a failure is no exception here
     */
    Outcome tell(byte[] json) throws InterruptedException;

    /**
     * What became of it.
     *
     * @param problem why it failed; null if it did not
     * @param again whether another attempt may help
     */
    record Outcome(@Nullable String problem, boolean again) {

        static final Outcome TOLD = new Outcome(null, false);

        static Outcome failed(String problem) {
            return new Outcome(problem, true);
        }

        static Outcome refused(String problem) {
            return new Outcome(problem, false);
        }
    }
}
