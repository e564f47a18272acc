package dev.logagent.dist.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

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

    private static final int BUFFER_BYTES = 1 << 16;

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

    /** Whether nothing of it is left to deliver. Reads a compressed file through to find out. */
    public boolean isDelivered() {
        return size.isEmpty() ? endsAt(delivered) : lag().orElse(1) == 0;
    }

    private boolean endsAt(long offset) {
        try (InputStream content = new GZIPInputStream(Files.newInputStream(path), BUFFER_BYTES)) {
            content.skipNBytes(offset);
            return content.read() < 0;
        } catch (IOException e) {
            return false; // gone, no such file, damaged, or being written
        }
    }
}
