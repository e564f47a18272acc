package dev.logagent.core.detector;

import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.discovery.Fingerprint;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far a file has been read, which may be further than it is delivered, and the bytes by which it shows whether it still
 * holds what was read: its first ones, and those before this point. Confined to its detector's thread.
 */
final class ReadPoint {

    /** Enough for what a stack trace still has to come. */
    private static final int OPENING_BYTES = 64 * 1024;

    private static final byte[] NOTHING = {};

    private final FilePosition file;
    private final FileContent content;
    private long offset;
    private Fingerprint marker;

    ReadPoint(FilePosition file, FileContent content, Position start) {
        this.file = file;
        this.content = content;
        this.offset = start.offset();
        this.marker = start.marker();
        file.readTo(offset);
    }

    /** In bytes from the start of the file. */
    long offset() {
        return offset;
    }

    Position position() {
        return new Position(offset, marker);
    }

    /** How many bytes before the point are known; a block is to begin so far before it. */
    int knownBytes() {
        return marker.length();
    }

    /** Whether a block begins with what is known: the marker, or the head where nothing was read yet. */
    boolean isContinuedBy(byte[] block, int read) {
        Fingerprint known = offset == 0 ? file.sighting().head() : marker;
        return known.isPrefixOf(block, 0, read);
    }

    /** Whether the file no longer holds what was read from it. */
    boolean isReplaced() throws IOException {
        Fingerprint head = offset == 0 ? file.sighting().head() : Fingerprint.EMPTY;
        return !Contents.holds(content, head, position());
    }

    /** Remembers that the file, at rest since it was last changed, holds all that is known of it; if it does. */
    void seal(long changedNanos) throws IOException {
        if (Contents.holds(content, file.sighting().head(), position())) {
            file.seen(file.sighting().sealed(changedNanos));
        }
    }

    /** What the file begins with, if nothing was read of it; empty if there is nothing, or not what is known of it. */
    byte[] opening() throws IOException {
        byte[] first = new byte[(int) Math.min(offset == 0 ? content.size() : 0, OPENING_BYTES)];
        int read = content.read(first, 0, first.length, 0);
        return read > 0 && isContinuedBy(first, read) ? Arrays.copyOf(first, read) : NOTHING;
    }

    /** So many bytes of a block were read, after the known ones that it begins with. */
    void advance(byte[] block, int bytes) throws IOException {
        marker = fingerprint(Contents.before(block, marker.length() + bytes));
        offset += bytes;
        file.readTo(offset);
        growHead();
    }

    /** Whether something comes after it that is no NUL. */
    boolean isBeforeData() throws IOException {
        byte[] next = new byte[1];
        return content.read(next, 0, 1, offset) == 1 && next[0] != 0;
    }

    /** So many bytes of a block, after the known ones that it begins with, are not to be delivered. */
    void skip(byte[] block, int bytes) {
        skipTo(offset + bytes, Contents.before(block, marker.length() + bytes));
    }

    /**
     * Passes over NULs, which are not to be delivered, if they are a hole: many, and data follow.
     *
     * @param length how many are known to follow
     * @param read how many bytes are known at all
     */
    boolean skipNuls(int length, int read) throws IOException {
        long end = length < read ? offset + length : Holes.end(content, offset + length);
        if (end < 0 || end - offset < Holes.LEAST_BYTES) {
            return false;
        }
        skipTo(end, new byte[Fingerprint.MARKER_BYTES]);
        return true;
    }

    private void skipTo(long end, byte[] before) {
        marker = fingerprint(before);
        file.resolve(offset, new Position(end, marker));
        offset = end;
    }

    private static Fingerprint fingerprint(byte[] bytes) {
        return Fingerprint.of(bytes, 0, bytes.length);
    }

    /** The more is known of its beginning, the surer it is noticed when that is replaced. */
    void growHead() throws IOException {
        Fingerprint head = file.sighting().head();
        if (head.length() < Fingerprint.HEAD_BYTES) {
            byte[] first = Contents.firstBytes(content);
            // The marker is looked at afterwards: the contents may have been replaced since they were read.
            if (head.isPrefixOf(first, 0, first.length) && !isReplaced()) {
                file.seen(file.sighting().withHead(Fingerprint.of(first, 0, first.length)));
            }
        }
    }
}
