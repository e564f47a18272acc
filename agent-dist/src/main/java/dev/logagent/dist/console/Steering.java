package dev.logagent.dist.console;

/** What only the program that runs the agent can do. Safe for use by several threads. */
public interface Steering {

    /** What the dashboard tells of the program now. */
    Program program();

    /** Goes over to the configuration as it is now on disk; may take as long as a stop of the agent. */
    Outcome reload();

    /** What became of it. */
    enum Verdict {
        APPLIED,
        UNCHANGED,
        /** The configuration is wrong. */
        INVALID,
        /** It is right, but the agent cannot go over to it now. */
        REFUSED
    }

    /**
     * What became of a reload.
     *
     * @param text for a person; with all that is wrong, if something is
     */
    record Outcome(Verdict verdict, String text) {}
}
