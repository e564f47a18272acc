package dev.logagent.core.detector;

import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.discovery.RotatedNames;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compares what a file holds with what is remembered of it. */
final class Contents {

    private static final int BUFFER_BYTES = 4096;

    private Contents() {}

    /**
     * Opens the file that was seen at a path; one that is compressed by its name, uncompressed.
     *
     * @return null if the path means another file by now, or none
     */
    static @Nullable FileContent open(Path path, FileStat seen) throws IOException {
        FileContent content;
        try {
            content = RotatedNames.isGzip(path.toString()) ? new GzipContent(path) : FileContent.plain(path);
        } catch (NoSuchFileException e) {
            return null;
        }
        FileStat now = FileStat.of(path);
        if (now != null && now.isSameFile(seen.key(), seen.birthNanos())) {
            return content;
        }
        content.close();
        return null;
    }

    /** Whether everything up to the delivered position is still what it was. */
    static boolean holds(FileContent content, FilePosition known) throws IOException {
        return holds(content, known.sighting().head(), known.acks().position());
    }

    /** Whether the file begins with the bytes of the head, and has those of the marker before the offset. */
    static boolean holds(FileContent content, Fingerprint head, Position position) throws IOException {
        Fingerprint marker = position.marker();
        return content.size() >= position.offset()
                && matches(content, 0, head)
                && matches(content, position.offset() - marker.length(), marker);
    }

    private static boolean matches(FileContent content, long start, Fingerprint fingerprint) throws IOException {
        byte[] bytes = new byte[fingerprint.length()];
        return content.read(bytes, 0, bytes.length, start) == bytes.length
                && fingerprint.isPrefixOf(bytes, 0, bytes.length);
    }

    /** As many first bytes as a head covers at most. */
    static byte[] firstBytes(FileContent content) throws IOException {
        byte[] bytes = new byte[Fingerprint.HEAD_BYTES];
        int read = content.read(bytes, 0, bytes.length, 0);
        return Arrays.copyOf(bytes, read);
    }

    /** The fingerprint of the first bytes. */
    static Fingerprint head(FileContent content) throws IOException {
        return at(content, 0, Fingerprint.HEAD_BYTES);
    }

    /** An offset, and the fingerprint of the bytes before it. */
    static Position position(FileContent content, long offset) throws IOException {
        byte[] marker = before(content, offset);
        return new Position(offset, Fingerprint.of(marker, 0, marker.length));
    }

    /** The bytes before an offset, as many as a marker covers. */
    static byte[] before(FileContent content, long offset) throws IOException {
        byte[] bytes = new byte[(int) Math.min(Fingerprint.MARKER_BYTES, offset)];
        int read = content.read(bytes, 0, bytes.length, offset - bytes.length);
        return Arrays.copyOf(bytes, read);
    }

    /** The same, of bytes that were read. */
    static byte[] before(byte[] block, int end) {
        return Arrays.copyOfRange(block, Math.max(0, end - Fingerprint.MARKER_BYTES), end);
    }

    /** The fingerprint of {@code length} bytes at {@code start}, or of fewer where the file ends. */
    static Fingerprint at(FileContent content, long start, int length) throws IOException {
        byte[] bytes = new byte[length];
        return Fingerprint.of(bytes, 0, content.read(bytes, 0, length, start));
    }

    /** Where the last line begins that is not finished yet: the end of the file if all are; never far before the end. */
    static long startOfUnfinishedLine(FileContent content, int maxLineBytes) throws IOException {
        long end = content.size();
        long floor = Math.max(0, end - maxLineBytes);
        byte[] buffer = new byte[BUFFER_BYTES];
        long to = end;
        while (to > floor) {
            int length = (int) Math.min(BUFFER_BYTES, to - floor);
            int read = content.read(buffer, 0, length, to - length);
            for (int i = read - 1; i >= 0; i--) {
                if (buffer[i] == '\n') {
                    return to - length + i + 1;
                }
            }
            to -= length;
        }
        return floor == 0 ? 0 : end;
    }
}
