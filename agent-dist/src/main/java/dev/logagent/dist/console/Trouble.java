package dev.logagent.dist.console;

/**
 * One thing that is not as it should be, in words for the operator.
 *
 * @param what whom it is about, such as {@code Output default}
 * @param says what is wrong, and what to do or to expect
 * @param sinceMillis since when, in milliseconds since the epoch; 0 where that is not known
 */
record Trouble(Severity severity, String what, String says, long sinceMillis) {

    /** How bad it is, the worst first. */
    enum Severity {
        /** Lines do not arrive, or are lost. */
        ERROR,
        /** Somebody should look at it. */
        WARNING,
        /** Good to know. */
        NOTICE
    }

    void write(Json json) {
        json.object()
                .field("severity", severity.name().toLowerCase(java.util.Locale.ROOT))
                .field("what", what)
                .field("says", says);
        if (sinceMillis > 0) {
            json.time("since", sinceMillis);
        }
        json.endObject();
    }
}
