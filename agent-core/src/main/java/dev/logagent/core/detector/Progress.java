package dev.logagent.core.detector;

/** What came of reading a file once. */
enum Progress {
    /** A run was handed over, and there may be more. */
    MORE,
    /** Every complete line has been handed over. */
    CAUGHT_UP,
    /** The file no longer holds what was read from it. Nothing was handed over. */
    REPLACED,
    /** There is no room for more, or the agent stops. Nothing was handed over. */
    WAITING;

    /** Whether there is more to read at once. */
    boolean isMore() {
        return this == MORE || this == WAITING;
    }
}
