package dev.logagent.core.detector;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.encode.Utf8;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.runtime.MemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One generation of one file, open for reading: knows where the next line begins, and gives the complete lines after it.
 *
 * <p>Every read takes the bytes before the position along and compares them with what they were: a file whose contents
 * were replaced under the same inode is noticed before a wrong line is sent. An unfinished last line stays in the file.
 * Confined to its detector's thread.
 */
final class TailedFile {

    /** As much as is read at once: large enough that system calls do not count. */
    private static final int BLOCK_BYTES = 256 * 1024;

    private static final int LONGEST_CHARACTER_BYTES = 4;

    private final FilePosition position;
    private final FileInfo info;
    private final FileContent content;
    private final ReadContext context;
    private final LineIndex index = new LineIndex();

    private Path path;
    private @Nullable TailedFile predecessor;
    private long offset;
    private byte[] marker;
    private boolean insideLongLine;
    private long sizeSeen;
    private long modifiedSeen;
    private boolean pending = true;
    private boolean unverified;
    private boolean retired;
    private boolean failing;
    private boolean caughtUp;
    private long largestSize;
    private long lastGrowthNanos = System.nanoTime();

    /** What came of a read. */
    enum Progress {
        /** A run was handed over, and there may be more. */
        MORE,
        /** Every complete line has been handed over. */
        CAUGHT_UP,
        /** The file no longer holds what was read from it. Nothing was handed over. */
        REPLACED,
        /** The agent stops. Nothing was handed over. */
        STOPPED
    }

    /**
     * @param stat how the file looked when it was opened
     * @param start where to begin: the delivered position, or further where more has been read in this life
     */
    TailedFile(Path path, FileStat stat, FileContent content, FilePosition position, long start, ReadContext context)
            throws IOException {
        this.path = path;
        this.content = content;
        this.position = position;
        this.context = context;
        this.info = new FileInfo(position.sighting().path(), position.lineage());
        this.offset = start;
        this.sizeSeen = stat.size();
        this.largestSize = stat.size();
        this.modifiedSeen = stat.modifiedNanos();
        byte[] before = new byte[(int) Math.min(Fingerprint.MARKER_BYTES, offset)];
        int read = content.read(before, 0, before.length, offset - before.length);
        this.marker = Arrays.copyOf(before, read);
        position.setFollowed(true);
        noticed(path, stat);
    }

    /**
     * Hands over one run of complete lines, if there is one.
     *
     * @param finish whether an unfinished last line is handed over as well, because nothing will be added to it
     * @throws IOException if the file cannot be read
     */
    Progress read(boolean finish) throws IOException {
        Progress progress = readOn(finish);
        caughtUp |= progress == Progress.CAUGHT_UP;
        return progress;
    }

    private Progress readOn(boolean finish) throws IOException {
        long available = Math.min(content.size() - offset, Integer.MAX_VALUE);
        if (available < 0) {
            return Progress.REPLACED;
        }
        if (available == 0) {
            if (unverified && isReplaced()) {
                return Progress.REPLACED;
            }
            unverified = false;
            pending = false;
            return Progress.CAUGHT_UP;
        }
        return readBlock((int) Math.min(available, BLOCK_BYTES), available, finish);
    }

    private Progress readBlock(int wanted, long available, boolean finish) throws IOException {
        int charged = marker.length + wanted;
        if (!context.budget().acquire(charged)) {
            return Progress.STOPPED;
        }
        boolean handedOver = false;
        try {
            byte[] block = new byte[charged];
            int read = content.read(block, 0, charged, offset - marker.length);
            if (!continues(block, read)) {
                return Progress.REPLACED;
            }
            unverified = false;
            failing = false;
            if (read == marker.length) {
                pending = false;
                return Progress.CAUGHT_UP;
            }
            int hole = Holes.lengthAt(block, marker.length, read);
            if (hole > 0) {
                return skipHole(hole, read - marker.length);
            }
            @Nullable LineRun run = lines(block, read, read == charged && available > wanted, finish);
            if (run != null) {
                context.budget().adjust(MemoryBudget.cost(run) - charged);
                handedOver = true;
                return handOver(run, block);
            }
            if (read < charged || available <= wanted || wanted >= longestLook()) {
                pending = false;
                return Progress.CAUGHT_UP;
            }
        } finally {
            if (!handedOver) {
                context.budget().release(charged);
            }
        }
        return readBlock((int) Math.min(available, longestLook()), available, finish);
    }

    /** So much shows whether a line is too long, and where a character ends that stands at the cut. */
    private int longestLook() {
        return context.maxLineBytes() + LONGEST_CHARACTER_BYTES;
    }

    /** Whether a block that was just read begins with what is known: the marker, or the head where nothing was read yet. */
    private boolean continues(byte[] block, int read) {
        if (offset == 0) {
            return position.sighting().head().isPrefixOf(block, 0, read);
        }
        return read >= marker.length && Arrays.equals(block, 0, marker.length, marker, 0, marker.length);
    }

    /** The run of complete lines in the block, a piece of a line that is too long, or null if there is neither. */
    private @Nullable LineRun lines(byte[] block, int read, boolean moreFollows, boolean finish) {
        int from = marker.length;
        int complete = index.index(block, from, read);
        int fitting = index.leadingLinesUpTo(context.maxLineBytes());
        if (fitting > 0) {
            return insideLongLine ? run(block, 1, true, false) : run(block, fitting, false, false);
        }
        boolean last = finish && !moreFollows;
        if (complete > 0 || read - from >= longestLook() || (last && read - from > context.maxLineBytes())) {
            if (!insideLongLine) {
                context.events().lineSplit(context.source().name(), path, offset);
            }
            index.starts()[1] = Utf8.boundaryBefore(block, from, from + context.maxLineBytes(), read);
            return run(block, 1, true, true);
        }
        if (last) {
            index.starts()[1] = read;
            return run(block, 1, true, false);
        }
        return null;
    }

    private LineRun run(byte[] block, int count, boolean partial, boolean longLineGoesOn) {
        insideLongLine = longLineGoesOn;
        return new LineRun(
                context.source(),
                info,
                System.currentTimeMillis(),
                block,
                index.starts(),
                count,
                offset - marker.length,
                partial);
    }

    private Progress handOver(LineRun run, byte[] block) throws IOException {
        if (!context.handOver(run)) {
            return Progress.STOPPED;
        }
        int end = run.start(0) + run.byteCount();
        marker = Arrays.copyOfRange(block, Math.max(0, end - Fingerprint.MARKER_BYTES), end);
        offset = run.endOffset();
        growHead();
        lastGrowthNanos = System.nanoTime();
        return Progress.MORE;
    }

    /** Passes a hole over if data follow; NULs at the end of a file may yet be overwritten, and are left alone. */
    private Progress skipHole(int length, int read) throws IOException {
        long end = length < read ? offset + length : Holes.end(content, offset + length);
        if (end < 0 || end - offset < Holes.LEAST_BYTES) {
            pending = false;
            return Progress.CAUGHT_UP;
        }
        context.events().holeSkipped(context.source().name(), path, offset, end - offset);
        Fingerprint before = Fingerprint.of(new byte[Fingerprint.MARKER_BYTES], 0, Fingerprint.MARKER_BYTES);
        position.acks().resolve(offset, new Position(end, before));
        marker = new byte[Fingerprint.MARKER_BYTES];
        offset = end;
        return Progress.MORE;
    }

    private void growHead() throws IOException {
        if (position.sighting().head().length() < Fingerprint.HEAD_BYTES) {
            FilePosition.Sighting old = position.sighting();
            position.seen(new FilePosition.Sighting(
                    old.path(),
                    old.key(),
                    old.birthNanos(),
                    old.modifiedNanos(),
                    Contents.head(content),
                    old.seenMillis()));
        }
    }

    /** Takes note of how the file looks now, under its present name. */
    void noticed(Path newPath, FileStat stat) {
        path = newPath;
        if (stat.size() >= sizeSeen) {
            largestSize = stat.size();
        }
        if (stat.size() != sizeSeen || stat.modifiedNanos() != modifiedSeen) {
            sizeSeen = stat.size();
            modifiedSeen = stat.modifiedNanos();
            pending = true;
            unverified = true;
        }
        FilePosition.Sighting old = position.sighting();
        position.seen(new FilePosition.Sighting(
                newPath.toString(),
                old.key(),
                old.birthNanos(),
                stat.modifiedNanos(),
                old.head(),
                System.currentTimeMillis()));
    }

    private boolean markerChanged() throws IOException {
        byte[] now = new byte[marker.length];
        return content.read(now, 0, now.length, offset - now.length) != now.length || !Arrays.equals(now, marker);
    }

    /**
     * Whether another file holds the same bytes, as far as both go and this one has been read: it is a copy, or becomes
     * one. Compares the first bytes, and those before the point up to which both can be compared.
     */
    boolean isCopiedBy(FileContent other) throws IOException {
        long shared = Math.min(other.size(), offset);
        int head = (int) Math.min(Fingerprint.HEAD_BYTES, shared);
        int tail = (int) Math.min(Fingerprint.MARKER_BYTES, shared);
        return shared >= Fingerprint.TELLING_BYTES
                && Contents.at(content, 0, head).equals(Contents.at(other, 0, head))
                && Contents.at(content, shared - tail, tail).equals(Contents.at(other, shared - tail, tail));
    }

    /** Whether another file holds too little to tell, all of which this one holds as well: a copy may just be made. */
    boolean mayBeginToBeCopiedBy(FileContent other) throws IOException {
        long size = other.size();
        return size < Fingerprint.TELLING_BYTES
                && offset >= Fingerprint.TELLING_BYTES
                && Contents.at(content, 0, (int) size).equals(Contents.at(other, 0, (int) size));
    }

    boolean is(FileStat stat) {
        return stat.isSameFile(position.sighting().key(), position.sighting().birthNanos());
    }

    /** Whether the file no longer holds what was read from it. */
    boolean isReplaced() throws IOException {
        if (offset == 0) {
            Fingerprint head = position.sighting().head();
            return !Contents.at(content, 0, head.length()).equals(head);
        }
        return content.size() < offset || markerChanged();
    }

    /** Asks for a read, which will show whether the file still holds what was read from it. */
    void look() {
        pending = true;
        unverified = true;
    }

    /** Looks at the size by the open file: for a file whose name is gone. */
    void poll() throws IOException {
        long size = content.size();
        if (size != sizeSeen) {
            sizeSeen = size;
            pending = true;
        }
    }

    void close() throws IOException {
        position.setFollowed(false);
        content.close();
    }

    FilePosition position() {
        return position;
    }

    Path path() {
        return path;
    }

    /** How far the file has been read, which may be further than it is delivered. */
    Position readTo() {
        return new Position(offset, Fingerprint.of(marker, 0, marker.length));
    }

    /** The bytes that were there before the file became shorter and have not been read. */
    long unreadBytes() {
        return Math.max(0, largestSize - offset);
    }

    /** Whether there may be something to read. */
    boolean isPending() {
        return pending;
    }

    /** Whether an older file of the same path is still to be read first. */
    boolean isBlocked() {
        return predecessor != null && predecessor.holdsUp();
    }

    /**
     * One that cannot be read holds nobody up; nor does one that was read to its end and goes on growing under a name of its
     * own, which is then no rotated file, whatever it is called.
     */
    private boolean holdsUp() {
        return pending && !failing && (retired || !caughtUp);
    }

    /** Reading has failed, and will be tried again. */
    void failed() {
        pending = true;
        failing = true;
    }

    void readAfter(@Nullable TailedFile older) {
        predecessor = older;
    }

    void forgetPredecessor(TailedFile closed) {
        if (predecessor == closed) {
            predecessor = null;
        }
    }

    /** Its name means this file again. */
    void reinstate() {
        retired = false;
    }

    /** Its name is gone or means another file: it is read to its end and then closed. */
    void retire() {
        retired = true;
        pending = true;
        lastGrowthNanos = System.nanoTime();
    }

    boolean isRetired() {
        return retired;
    }

    long nanosSinceGrowth(long nowNanos) {
        return nowNanos - lastGrowthNanos;
    }
}
