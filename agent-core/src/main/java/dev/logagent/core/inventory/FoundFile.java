package dev.logagent.core.inventory;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file, or a folder that cannot be read, in the places where logs are looked for. Immutable.
 *
 * @param size in bytes, when it was looked at
 * @param kind what it is taken to be; null if it is not read
 * @param reason why it is not followed; empty if it is
 */
public record FoundFile(
        Path path, State state, long size, @Nullable Kind kind, String reason) {

    /** What becomes of a file. */
    public enum State {
        /** It is followed. */
        FOLLOWED,
        /** It has the name of an older generation of a log, and is read as such where something of it is missing. */
        ROTATED,
        /** A source of the configuration means it. */
        CONFIGURED,
        /** It is no log, or is not to be read. */
        SKIPPED,
        /** It is a log by its name, but may not be read. */
        UNREADABLE
    }

    /**
     * What a log is.
     *
     * @param type what kind of program writes such a log, in a word
     * @param parser how its lines are understood
     * @param source the name of the source that its lines are sent as
     * @param service the service that writes it, or null if each line says so, or nobody knows
     * @param component the part of the service, or null
     */
    public record Kind(
            String type,
            String parser,
            String source,
            @Nullable String service,
            @Nullable String component) {}
}
