package dev.logagent.dist.console;

import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lines a visitor wants to see.
 *
 * @param source only this one; null for all
 * @param output only lines for this one; null for all
 * @param least only lines of this level or a worse one
 * @param text only lines that hold this, in any case; null for all
 */
record TailQuery(
        @Nullable String source,
        @Nullable String output,
        Level least,
        @Nullable String text) {

    private static final Set<String> KNOWN = Set.of("source", "output", "level", "text");

    private static final int LONGEST_TEXT = 200;

    /**
     * Reads the parameters of a request.
     *
     * @throws IllegalArgumentException if one is wrong, with a message for the visitor
     */
    static TailQuery of(Map<String, List<String>> parameters) {
        Parameters.requireKnown(parameters, KNOWN);
        String level = Parameters.last(parameters, "level");
        String text = Parameters.last(parameters, "text");
        if (text != null && text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("'text' must not be longer than " + LONGEST_TEXT + " characters");
        }
        return new TailQuery(
                Parameters.last(parameters, "source"),
                Parameters.last(parameters, "output"),
                level == null ? Level.TRACE : level(level),
                text == null ? null : text.toLowerCase(Locale.ROOT));
    }

    private static Level level(String name) {
        try {
            return Level.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'level' must be one of " + List.of(Level.values()) + ", found '" + name + "'", e);
        }
    }

    /** Whether lines of the run may be wanted. */
    boolean concerns(String ofOutput, LineRun run) {
        return (source == null || source.equals(run.source().name())) && (output == null || output.equals(ofOutput));
    }

    /** Whether the line is wanted, once its run is. */
    boolean matches(LogEvent event) {
        return (least == Level.TRACE || event.level().compareTo(least) >= 0) && (text == null || holds(event, text));
    }

    private static boolean holds(LogEvent event, String text) {
        return event.text().toLowerCase(Locale.ROOT).contains(text);
    }
}
