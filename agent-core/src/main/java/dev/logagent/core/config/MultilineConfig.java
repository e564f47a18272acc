package dev.logagent.core.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which lines belong together.
 *
 * @param preset the name of a preset, or null
 * @param start a regular expression that the first line of an event matches, or null
 * @param goOn a regular expression that all further lines match, or null
 * @param end a regular expression that the last line matches, or null
 * @param timeout how long an event waits for its next line
 */
public record MultilineConfig(
        @Nullable String preset,
        @Nullable String start,
        @Nullable String goOn,
        @Nullable String end,
        Duration timeout) {

    /** Every line is an event. */
    public static final MultilineConfig NONE = new MultilineConfig(null, null, null, null, Duration.ZERO);

    /** Traces of any kind, in logs of which nothing is known. They are written at once, so that a short wait is enough. */
    public static final MultilineConfig AUTO = new MultilineConfig("auto", null, null, null, Duration.ofMillis(50));

    /** Whether every line is an event. */
    public boolean isNone() {
        return preset == null && start == null && goOn == null && end == null;
    }
}
