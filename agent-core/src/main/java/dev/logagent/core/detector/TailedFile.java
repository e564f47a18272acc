package dev.logagent.core.detector;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.discovery.RotatedNames;
import dev.logagent.core.lines.RunMaker;
import dev.logagent.core.runtime.MemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

    /** So long a reader waits for room before it looks whether files have come or gone: those must be opened in time. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private final FilePosition position;
    private final HeldContent content;
    private final ReadContext context;
    private final RunMaker runs;

    private Path path;
    private PlaceInLine place;
    private long offset;
    private byte[] marker;
    private final LastLook lastLook;
    private final Header header;
    private boolean pending = true;
    private boolean unverified;
    private boolean retired;
    private boolean failing;
    private boolean caughtUp;
    private boolean beforeNuls;
    private boolean begun;
    private long lastGrowthNanos = System.nanoTime();

    /**
     * @param stat how the file looked when it was opened
     * @param start where to begin: the delivered position, or further where more has been read in this life
     */
    TailedFile(Path path, FileStat stat, FileContent content, FilePosition position, long start, ReadContext context)
            throws IOException {
        this.path = path;
        this.place = new PlaceInLine(this, path, null);
        this.content = new HeldContent(path, stat, content, context.places());
        this.position = position;
        this.context = context;
        String name = position.sighting().path();
        this.runs = new RunMaker(new FileInfo(name, position.lineage()), context.rules(Path.of(name)));
        this.offset = start;
        this.lastLook = new LastLook(stat);
        this.marker = Contents.before(content, offset);
        this.header = new Header(content, context.skipLines(), offset);
        if (context.encoding() != null && offset > 0) {
            byte[] beginning = new byte[2];
            runs.beginsWith(Arrays.copyOf(beginning, content.read(beginning, 0, beginning.length, 0)));
        }
        position.setFollowed(true);
        position.readTo(offset);
        noticed(path, stat);
        growHead();
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
        int most =
                (int) Math.min(available, Math.min(BLOCK_BYTES, context.pace().blockBytes()));
        return context.pace().await(LONGEST_WAIT) ? readBlock(most, available, finish) : Progress.WAITING;
    }

    private Progress readBlock(int wanted, long available, boolean finish) throws IOException {
        int charged = marker.length + wanted;
        if (!context.room().test(LONGEST_WAIT) || !context.budget().acquire(charged, LONGEST_WAIT)) {
            return Progress.WAITING;
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
            if (!header.isOver()) {
                int end = header.end(block, marker.length, read);
                return passOver(offset + end - marker.length, Contents.before(block, end));
            }
            boolean moreFollows = read == charged && available > wanted;
            @Nullable LineRun run = runs.next(block, marker.length, read, offset, moreFollows, finish);
            if (run != null) {
                context.budget().adjust(MemoryBudget.cost(run) - charged);
                handedOver = true;
                return handOver(run, block);
            }
            if (read < charged || available <= wanted || wanted >= runs.longestLook()) {
                beforeNuls = block[read - 1] == 0;
                pending = runs.isHolding();
                return Progress.CAUGHT_UP;
            }
        } finally {
            if (!handedOver) {
                context.budget().release(charged);
            }
        }
        return readBlock((int) Math.min(available, runs.longestLook()), available, finish);
    }

    /** Whether a block that was just read begins with what is known: the marker, or the head where nothing was read yet. */
    private boolean continues(byte[] block, int read) {
        if (offset == 0) {
            return position.sighting().head().isPrefixOf(block, 0, read);
        }
        return read >= marker.length && Arrays.equals(block, 0, marker.length, marker, 0, marker.length);
    }

    private Progress handOver(LineRun run, byte[] block) throws IOException {
        // What is on its way must not hold on to much more memory than it is charged for.
        if (!context.handOver(2 * run.byteCount() < block.length ? run.detached() : run)) {
            return Progress.WAITING;
        }
        marker = Contents.before(block, marker.length + run.byteCount());
        offset = run.endOffset();
        beforeNuls = false;
        begun = true;
        position.readTo(offset);
        growHead();
        lastGrowthNanos = System.nanoTime();
        return Progress.MORE;
    }

    /** Passes a hole over if data follow; NULs at the end of a file may yet be overwritten, and are left alone. */
    private Progress skipHole(int length, int read) throws IOException {
        long end = length < read ? offset + length : Holes.end(content, offset + length);
        if (end < 0 || end - offset < Holes.LEAST_BYTES) {
            beforeNuls = true;
            pending = false;
            return Progress.CAUGHT_UP;
        }
        context.events().holeSkipped(context.sourceOf(path), path, offset, end - offset);
        return passOver(end, new byte[Fingerprint.MARKER_BYTES]);
    }

    private Progress passOver(long end, byte[] before) {
        position.resolve(offset, new Position(end, Fingerprint.of(before, 0, before.length)));
        marker = before;
        offset = end;
        return Progress.MORE;
    }

    /** The more is known of its beginning, the surer it is noticed when that is replaced. */
    private void growHead() throws IOException {
        Fingerprint head = position.sighting().head();
        if (head.length() < Fingerprint.HEAD_BYTES) {
            byte[] first = Contents.firstBytes(content);
            // The marker is looked at afterwards: the contents may have been replaced since they were read.
            if (head.isPrefixOf(first, 0, first.length) && Arrays.equals(Contents.before(content, offset), marker)) {
                position.seen(position.sighting().withHead(Fingerprint.of(first, 0, first.length)));
            }
        }
    }

    /**
     * Whether nothing is known of its contents, which came after others: if they are copied and replaced in turn before they
     * are read, nothing will tell but the copy.
     */
    boolean isUnsure() {
        return !begun && position.generation() > 0 && position.sighting().head().length() == 0;
    }

    /** Takes note of how the file looks now, under its present name. */
    void noticed(Path newPath, FileStat stat) {
        path = newPath;
        content.noticed(newPath, stat);
        if (lastLook.differs(stat)) {
            look();
        }
        position.seen(position.sighting().again(newPath, stat));
    }

    /** A writer that maps the file into memory replaces NULs, and neither size nor time tell of it. */
    void lookForMapped() throws IOException {
        byte[] next = new byte[1];
        pending |= beforeNuls && content.isOpen() && content.read(next, 0, 1, offset) == 1 && next[0] != 0;
    }

    /**
     * Whether that is this file. While it is open, no other one can have its inode, whatever its time of birth: an overlay
     * changes that when it copies a file because somebody writes to it.
     */
    boolean is(FileStat stat) {
        FilePosition.Sighting known = position.sighting();
        return content.isOpen() ? stat.key().equals(known.key()) : stat.isSameFile(known.key(), known.birthNanos());
    }

    /** Whether the file no longer holds what was read from it. */
    boolean isReplaced() throws IOException {
        if (offset == 0) {
            Fingerprint head = position.sighting().head();
            return !Contents.at(content, 0, head.length()).equals(head);
        }
        return content.size() < offset || !Arrays.equals(Contents.before(content, offset), marker);
    }

    /** Asks for a read, which will show whether the file still holds what was read from it. */
    void look() {
        pending = true;
        unverified = true;
    }

    /** Leaves word of how far it has been read. */
    void tellProgress() {
        boolean compressed = RotatedNames.isGzip(path.toString());
        position.setReading(
                new FilePosition.Reading(offset, compressed ? offset : size(), !pending, retired, compressed));
    }

    /** Looks at the size by the open file, for a file whose name is gone; by the name if it is not open. */
    void poll() throws IOException {
        if (!content.isOpen()) {
            FileStat stat = FileStat.of(path);
            if (stat != null && is(stat)) {
                noticed(path, stat);
            }
            return;
        }
        pending |= lastLook.differs(content.size());
    }

    boolean isOpen() {
        return content.isOpen();
    }

    /** Opens the file again, with a place that was taken for it. */
    void open() throws IOException {
        content.open();
        unverified = true;
    }

    /** Closes the file until it is to be read again. */
    void release() throws IOException {
        content.release();
    }

    long size() {
        return lastLook.size();
    }

    void close() throws IOException {
        position.setFollowed(false);
        content.close();
    }

    FilePosition position() {
        return position;
    }

    /** Device and inode. */
    String key() {
        return position.sighting().key();
    }

    Path path() {
        return path;
    }

    FileContent content() {
        return content;
    }

    /** How far the file has been read, which may be further than it is delivered. */
    Position readTo() {
        return new Position(offset, Fingerprint.of(marker, 0, marker.length));
    }

    /** The bytes that were there before the file became shorter and have not been read. */
    long unreadBytes() {
        return Math.max(0, lastLook.largestSize() - offset);
    }

    boolean isPending() {
        return pending;
    }

    /** Whether an event is left in it for which more may come. */
    boolean isHolding() {
        return runs.isHolding();
    }

    /**
     * Whether newer files of the same path are to wait. One that cannot be read holds nobody up; nor does one that was read to
     * its end and goes on growing under a name of its own, which is then no rotated file, whatever it is called.
     */
    boolean holdsUp() {
        return pending && !failing && (retired || !caughtUp);
    }

    /** Reading has failed, and will be tried again. */
    void failed() {
        pending = true;
        failing = true;
    }

    boolean isFailing() {
        return failing;
    }

    /** Whether older files may still come first: nothing of it was handed over in this life, and it has its name. */
    boolean canWait() {
        return !begun && !retired;
    }

    /** Where it stands among those that were rotated from the same path. */
    void queue(PlaceInLine given) {
        place = given;
    }

    PlaceInLine place() {
        return place;
    }

    /** Its name means this file again. */
    void reinstate() {
        retired = false;
        tellProgress();
    }

    /** Its name is gone or means another file: it is read to its end and then closed. */
    void retire() {
        retired = true;
        pending = true;
        lastGrowthNanos = System.nanoTime();
        tellProgress();
    }

    boolean isRetired() {
        return retired;
    }

    long nanosSinceGrowth(long nowNanos) {
        return nowNanos - lastGrowthNanos;
    }
}
