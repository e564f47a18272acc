package dev.logagent.dist.console;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is not as it should be, in words for the operator.
 *
 * @param what whom it is about, such as {@code Output default}
 * @param says what is wrong, and what to do or to expect
 * @param sinceMillis since when, in milliseconds since the epoch; 0 where that is not known
 * @param source the source that it is about; null if it is about more or about something else
 */
record Trouble(
        Severity severity,
        String what,
        String says,
        long sinceMillis,
        @Nullable String source) {

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
                .field("severity", severity.name().toLowerCase(Locale.ROOT))
                .field("what", what)
                .field("says", says);
        if (sinceMillis > 0) {
            json.time("since", sinceMillis);
        }
        if (source != null) {
            json.field("source", source);
        }
        json.endObject();
    }
}
