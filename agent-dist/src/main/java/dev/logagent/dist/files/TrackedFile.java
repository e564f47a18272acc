package dev.logagent.dist.files;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * One file that an output remembers.
 *
 * @param path where it is now, or was last
 * @param size in bytes; empty if it is gone, or compressed
 * @param read how far it had been read when that was saved last, in bytes
 * @param delivered how far it is delivered, in bytes
 * @param generation counts how often its contents have been replaced
 */
public record TrackedFile(
        String output,
        String source,
        Path path,
        State state,
        OptionalLong size,
        long read,
        long delivered,
        int generation) {

    /** What there is to do with it. */
    public enum State {
        /** There are bytes that are not delivered. */
        OPEN,
        /** All of it is delivered. */
        IDLE,
        /** It has a name that rotation gave it. */
        ROTATED,
        /** No file holds its contents any more. */
        GONE
    }

    /** The bytes that are not delivered; empty if that is not known. */
    public OptionalLong lag() {
        return size.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, size.getAsLong() - delivered));
    }
}
