package dev.logagent.core.detector;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.detector.Generations.Beginning;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.RotatedNames;
import dev.logagent.core.lines.Joined;
import dev.logagent.core.lines.Opening;
import dev.logagent.core.lines.RunMaker;
import dev.logagent.core.runtime.MemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
    private final FileInfo info;
    private final ReadPoint point;
    private final LastLook lastLook;

    /** Made when there is something to read: most files are idle. */
    private @Nullable LineMaking lines;

    private Path path;
    private PlaceInLine place;
    private boolean pending;
    private boolean unverified;
    private boolean retired;
    private boolean failing;
    private boolean caughtUp;
    private boolean beforeNuls;
    private boolean begun;
    private long lastGrowthNanos = System.nanoTime();

    private TailedFile(
            Path path,
            FileStat stat,
            @Nullable FileContent content,
            FilePosition position,
            Position start,
            ReadContext context) {
        this.path = path;
        this.place = new PlaceInLine(this, path, null);
        this.content = new HeldContent(path, stat, content, context.places());
        this.position = position;
        this.context = context;
        this.info = new FileInfo(position.sighting().path(), position.lineage());
        this.point = new ReadPoint(position, this.content, start);
        this.lastLook = new LastLook(stat);
        position.setFollowed(true);
        position.seen(position.sighting().again(path, stat));
    }

    /**
     * A file whose contents have just been compared with what is known of them.
     *
     * @param stat how the file looked before it was opened
     * @param beginning where to begin: at the delivered position, or further where more has been read in this life
     */
    static TailedFile opened(Path path, FileStat stat, FileContent content, Beginning beginning, ReadContext context)
            throws IOException {
        Position start = Contents.position(content, beginning.start());
        TailedFile tail = new TailedFile(path, stat, content, beginning.file(), start, context);
        tail.pending = tail.isCompressed() || content.size() != start.offset();
        tail.caughtUp = !tail.pending;
        tail.point.growHead();
        tail.sealIfAtRest();
        return tail;
    }

    /** A file that was read to its end and has certainly not been changed since: it is opened when it is. */
    static TailedFile atRest(Path path, FileStat stat, FilePosition file, ReadContext context) {
        TailedFile tail = new TailedFile(path, stat, null, file, file.acks().position(), context);
        tail.caughtUp = true;
        tail.lastLook.compared();
        return tail;
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
        long available = Math.min(content.size() - point.offset(), Integer.MAX_VALUE);
        if (available < 0) {
            return Progress.REPLACED;
        }
        if (available == 0) {
            if (unverified && point.isReplaced()) {
                return Progress.REPLACED;
            }
            unverified = false;
            pending = false;
            lastLook.readToEnd();
            sealIfAtRest();
            return Progress.CAUGHT_UP;
        }
        int most =
                (int) Math.min(available, Math.min(BLOCK_BYTES, context.pace().blockBytes()));
        return context.pace().await(LONGEST_WAIT) ? readBlock(most, available, finish) : Progress.WAITING;
    }

    private Progress readBlock(int wanted, long available, boolean finish) throws IOException {
        int known = point.knownBytes();
        int charged = known + wanted;
        if (!context.room().test(LONGEST_WAIT) || !context.budget().acquire(charged, LONGEST_WAIT)) {
            return Progress.WAITING;
        }
        boolean handedOver = false;
        try {
            byte[] block = new byte[charged];
            int read = content.read(block, 0, charged, point.offset() - known);
            if (!point.isContinuedBy(block, read)) {
                return Progress.REPLACED;
            }
            unverified = false;
            failing = false;
            if (read == known) {
                pending = false;
                return Progress.CAUGHT_UP;
            }
            int hole = Holes.lengthAt(block, known, read);
            if (hole > 0) {
                return skipHole(hole, read - known);
            }
            Header header = lines().header();
            if (!header.isOver()) {
                point.skip(block, header.end(block, known, read) - known);
                return Progress.MORE;
            }
            boolean moreFollows = read == charged && available > wanted;
            RunMaker runs = lines().runs();
            Opening opening = moreFollows || context.skipLines() > 0 ? Opening.NONE : place.openingOfNext();
            Joined joined = runs.next(block, known, read, point.offset(), moreFollows, opening, finish);
            LineRun run = joined.run();
            if (run != null) {
                handedOver = true;
                return place.handOver(run, block, charged, joined, opening);
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
        return readBlock((int) Math.min(available, lines().runs().longestLook()), available, finish);
    }

    private LineMaking lines() throws IOException {
        if (lines == null) {
            lines = context.lines(info, content, point.offset());
        }
        return lines;
    }

    /** Hands over a run of a block that begins with the known bytes; so much is {@code charged} to the budget for it. */
    Progress handOver(LineRun run, byte[] block, int charged) throws IOException {
        context.budget().adjust(MemoryBudget.cost(run) - charged);
        // What is on its way must not hold on to much more memory than it is charged for.
        if (!context.handOver(2 * run.byteCount() < block.length ? run.detached() : run)) {
            return Progress.WAITING;
        }
        beforeNuls = false;
        begun = true;
        point.advance(block, run.byteCount());
        lastGrowthNanos = System.nanoTime();
        return Progress.MORE;
    }

    /** Passes a hole over if data follow; NULs at the end of a file may yet be overwritten, and are left alone. */
    private Progress skipHole(int length, int read) throws IOException {
        long start = point.offset();
        if (!point.skipNuls(length, read)) {
            beforeNuls = true;
            pending = false;
            return Progress.CAUGHT_UP;
        }
        context.events().holeSkipped(context.sourceOf(path), path, start, point.offset() - start);
        return Progress.MORE;
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
        if (lastLook.differs(stat) || (!lastLook.isCompared() && isRested())) {
            look();
        }
        position.seen(position.sighting().again(newPath, stat));
    }

    /** Whether nothing happens to the file, which is read to its end. */
    private boolean isRested() {
        return !pending && !isCompressed() && point.offset() == lastLook.size() && lastLook.isAtRest();
    }

    /** If the file is at rest and holds what it should: as long as it rests, nobody need compare that again. */
    private void sealIfAtRest() throws IOException {
        if (isRested()) {
            lastLook.compared();
            point.seal(lastLook.changedNanos());
        }
    }

    private boolean isCompressed() {
        return RotatedNames.isGzip(path.toString());
    }

    /** A writer that maps the file into memory replaces NULs, and neither size nor time tell of it. */
    void lookForMapped() throws IOException {
        pending |= beforeNuls && content.isOpen() && point.isBeforeData();
    }

    /**
     * Whether that is this file. While it is open, no other one can have its inode, whatever its time of birth: an overlay
     * changes that when it copies a file because somebody writes to it.
     */
    boolean is(FileStat stat) {
        FilePosition.Sighting known = position.sighting();
        return content.isOpen() ? stat.key().equals(known.key()) : stat.isSameFile(known.key(), known.birthNanos());
    }

    /** Asks for a read, which will show whether the file still holds what was read from it. */
    void look() {
        pending = true;
        unverified = true;
    }

    /** Leaves word of how far it has been read. */
    void tellProgress() {
        long offset = point.offset();
        position.setReading(
                new FilePosition.Reading(offset, isCompressed() ? offset : size(), !pending, retired, isCompressed()));
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

    /** Opens the file again, with a place that was taken for it. */
    void open() throws IOException {
        content.open();
        unverified = true;
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

    Path path() {
        return path;
    }

    HeldContent content() {
        return content;
    }

    /** How far the file has been read, which may be further than it is delivered. */
    ReadPoint point() {
        return point;
    }

    /** The bytes that were there before the file became shorter and have not been read. */
    long unreadBytes() {
        return lastLook.after(point.offset());
    }

    boolean isPending() {
        return pending;
    }

    /** Whether an event is left in it for which more may come. */
    boolean isHolding() {
        return lines != null && lines.runs().isHolding();
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

    /** Whether something of it was handed over in this life. */
    boolean hasBegun() {
        return begun;
    }

    /** What it begins with, if nothing was read of it. */
    Opening opening() throws IOException {
        return new Opening(info, point.opening());
    }

    /** So much of its opening belongs to the last events of an older file, which end at {@code end} there. */
    void goWith(FilePosition older, long end, Opening opening, int taken) throws IOException {
        begun = true;
        point.advance(opening.bytes(), taken);
        older.carries(end, position, point.position());
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
