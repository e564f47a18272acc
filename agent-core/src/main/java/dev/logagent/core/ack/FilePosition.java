package dev.logagent.core.ack;

import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.Bookmarks.Bookmark;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.Fingerprint;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one generation of one file, or stream, of one source: who it is, and how far it is delivered. Safe for
 * use by several threads.
 */
public final class FilePosition {

    private final String source;
    private final long lineage;
    private final int generation;
    private final AckTracker acks;
    private final @Nullable Bookmarks bookmarks;
    private volatile Sighting sighting;
    private volatile @Nullable Reading reading;
    private volatile boolean followed;
    private volatile long readOffset;
    private volatile @Nullable Carried carried;
    private volatile Consumer<FilePosition> onChange = file -> {};

    /**
     * Where and how the file was seen last.
     *
     * @param path under which name
     * @param key device and inode
     * @param birthNanos when it was created, in nanoseconds since the epoch
     * @param modifiedNanos when it was last written, in nanoseconds since the epoch
     * @param seal when it was last changed in any way, in nanoseconds since the epoch, if it was at rest and its contents
     *     were compared after that: as long as that time stays the same, so do they; {@link #UNSEALED} else
     * @param head the fingerprint of its first bytes
     * @param seenMillis when it was looked at, in milliseconds since the epoch
     */
    public record Sighting(
            String path,
            String key,
            long birthNanos,
            long modifiedNanos,
            long seal,
            Fingerprint head,
            long seenMillis) {

        /** The file may hold something else by now. */
        public static final long UNSEALED = 0;

        /** Whether it is the same name of the same file, and no more is known of its contents. */
        boolean tellsTheSameAs(Sighting other) {
            return path.equals(other.path)
                    && key.equals(other.key)
                    && birthNanos == other.birthNanos
                    && head.equals(other.head)
                    && (seal == other.seal || seal == UNSEALED); // an old seal is no danger: it does not fit any more
        }

        public static Sighting of(String path, FileStat stat, Fingerprint head, long seenMillis) {
            return new Sighting(path, stat.key(), stat.birthNanos(), stat.modifiedNanos(), UNSEALED, head, seenMillis);
        }

        /** The same, with more first bytes known. */
        public Sighting withHead(Fingerprint longer) {
            return new Sighting(path, key, birthNanos, modifiedNanos, seal, longer, seenMillis);
        }

        /** The same file, at rest since {@code changedNanos}. */
        public Sighting sealed(long changedNanos) {
            return new Sighting(path, key, birthNanos, modifiedNanos, changedNanos, head, seenMillis);
        }

        /** The same file, seen now under a name that may be another one. */
        public Sighting again(Path name, FileStat stat) {
            long stillSealed = seal == stat.changedNanos() ? seal : UNSEALED;
            return new Sighting(
                    name.toString(),
                    key,
                    stat.birthNanos(),
                    stat.modifiedNanos(),
                    stillSealed,
                    head,
                    System.currentTimeMillis());
        }
    }

    /**
     * How far an open file has been read; for those who want to know, not for the pipeline.
     *
     * @param offset in bytes from the start of the file
     * @param size how large the file was then, in bytes
     * @param caughtUp whether it held no further complete line then
     * @param rotated whether it has lost its name to a newer one
     * @param compressed whether the size is not that of the contents
     */
    public record Reading(long offset, long size, boolean caughtUp, boolean rotated, boolean compressed) {}

    /** Bytes of another file that are delivered when this one is up to {@code end}. */
    private record Carried(long end, FilePosition next, Position nextEnd) {}

    /** @param generation counts how often the contents of this file have been replaced */
    public FilePosition(String source, long lineage, int generation, Sighting sighting, Position start) {
        this(source, lineage, generation, sighting, start, null);
    }

    private FilePosition(
            String source,
            long lineage,
            int generation,
            Sighting sighting,
            Position start,
            @Nullable Bookmarks bookmarks) {
        this.source = source;
        this.lineage = lineage;
        this.generation = generation;
        this.sighting = sighting;
        this.acks = new AckTracker(start);
        this.bookmarks = bookmarks;
        this.readOffset = start.offset();
    }

    /** A stream that is no file, and is found again by a cursor. */
    public static FilePosition ofStream(
            String source, long lineage, int generation, Sighting sighting, Bookmark start) {
        Position position = new Position(start.offset(), Fingerprint.EMPTY);
        return new FilePosition(source, lineage, generation, sighting, position, new Bookmarks(start));
    }

    /** Who is told when something has changed that must be remembered; may be told for nothing, and by any thread. */
    void tell(Consumer<FilePosition> listener) {
        this.onChange = listener;
    }

    /** The lineage of a generation: the same for the same file on every start, whether it was remembered or not. */
    public static long lineageOf(String key, long birthNanos, int generation) {
        byte[] name = (key + '@' + birthNanos + '#' + generation).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Fingerprint.of(name, 0, name.length).hash();
    }

    public String source() {
        return source;
    }

    public long lineage() {
        return lineage;
    }

    public int generation() {
        return generation;
    }

    public AckTracker acks() {
        return acks;
    }

    /** The bytes from {@code start} up to {@code end} need not be sent any more, as {@link AckTracker#resolve} has it. */
    public void resolve(long start, Position end) {
        if (!acks.resolve(start, end)) {
            return;
        }
        onChange.accept(this);
        Carried with = carried;
        if (with != null && acks.position().offset() >= with.end()) {
            carried = null;
            with.next().resolve(0, with.nextEnd());
        }
    }

    /**
     * The last event of this file, which ends at {@code end}, goes on in another one: when it is delivered, so are the bytes
     * of that one up to {@code nextEnd}. To be told before the event is on its way.
     */
    public void carries(long end, FilePosition next, Position nextEnd) {
        carried = new Carried(end, next, nextEnd);
    }

    /** The places of a stream; null for a file. */
    public @Nullable Bookmarks bookmarks() {
        return bookmarks;
    }

    public Sighting sighting() {
        return sighting;
    }

    public void seen(Sighting newest) {
        boolean same = newest.tellsTheSameAs(sighting);
        this.sighting = newest;
        if (!same) {
            onChange.accept(this);
        }
    }

    /** How far the file has been read, in bytes: for people to see, reading does not begin there again. */
    public long readOffset() {
        return readOffset;
    }

    public void readTo(long offset) {
        if (offset != readOffset) {
            readOffset = offset;
            onChange.accept(this);
        }
    }

    /** Whether a detector has the file open: then it must not be forgotten, however long ago it was seen. */
    public boolean isFollowed() {
        return followed;
    }

    public void setFollowed(boolean isFollowed) {
        this.followed = isFollowed;
        if (!isFollowed) {
            reading = null;
        }
    }

    /** How far it has been read in this life; null if no detector has it open. */
    public @Nullable Reading reading() {
        return reading;
    }

    public void setReading(Reading newest) {
        this.reading = newest;
    }
}
