package dev.logagent.core.spool;

import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.spool.ReaderPosition.Place;
import dev.logagent.core.spool.SegmentFiles.Opener;
import dev.logagent.core.spool.SegmentReader.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records on disk, taken out in the order they were put in, however many there are: in segment files that are only added to
 * and are deleted when all of a segment is resolved. A record counts once {@link #force} has returned. Whatever is damaged,
 * every other record is taken out, and the damaged ones are counted by the sequences that are missing.
 *
 * <p>Nothing is on disk, and no memory is used to speak of, while there are no records. {@link #write}, {@link #force},
 * {@link #next} and {@link #dropOldest} are for one thread; the rest is safe for use by several.
 */
public final class Spool implements AutoCloseable {

    private static final long LARGEST_SEGMENT_BYTES = 16L << 20;
    private static final int LEAST_SEGMENTS = 8;

    private final SegmentFiles files;
    private final ReaderPosition position;
    private final AgentEvents events;
    private final CrashPoints crashPoints;
    private final long maxBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Reading reading = new Reading();
    private final TreeMap<Long, Place> unresolved = new TreeMap<>();
    private @Nullable SegmentWriter writer;
    private long nextNumber = 1;
    private long nextWritten;
    private long nextDurable;
    private long nextRead;
    private long bytes;

    private Spool(Path folder, long maxBytes, AgentEvents events, CrashPoints crashPoints, Opener opener) {
        this.files = new SegmentFiles(folder, opener, crashPoints);
        this.position = new ReaderPosition(folder.resolve(ReaderPosition.FILE_NAME));
        this.events = events;
        this.crashPoints = crashPoints;
        this.maxBytes = maxBytes;
    }

    /**
     * Opens the spool of a folder, which need not exist. Takes no longer for a large one than for a small one.
     *
     * @param maxBytes how much it may take up on disk
     * @throws IOException if the folder cannot be read
     */
    public static Spool open(Path folder, long maxBytes, AgentEvents events, CrashPoints crashPoints)
            throws IOException {
        return open(folder, maxBytes, events, crashPoints, Opener.DISK);
    }

    static Spool open(Path folder, long maxBytes, AgentEvents events, CrashPoints crashPoints, Opener opener)
            throws IOException {
        Spool spool = new Spool(folder, maxBytes, events, crashPoints, opener);
        spool.restore(folder);
        return spool;
    }

    private void restore(Path folder) throws IOException {
        Place place = position.load();
        segments.addAll(SegmentFiles.list(folder));
        Segment last = segments.peekLast();
        if (last != null) {
            nextNumber = last.name().number() + 1;
            nextWritten = SpoolTail.find(last, events).nextSequence();
        }
        Segment first = segments.peekFirst();
        nextRead = place != null
                ? place.sequence()
                : first == null ? 0 : first.name().firstSequence();
        nextWritten = Math.max(nextWritten, nextRead);
        nextDurable = nextWritten;
        bytes = segments.stream().mapToLong(Segment::bytes).sum();
        removeResolved();
        Segment oldest = segments.peekFirst();
        if (oldest != null) {
            boolean isThere = place != null && place.segment() == oldest.name().number();
            reading.moveTo(oldest, isThere && place != null ? place.offset() : 0);
        }
    }

    /** Whether a payload of so many bytes may be written now. */
    public synchronized boolean hasRoomFor(long payloadBytes) {
        return bytes + payloadBytes + Frame.HEADER_BYTES <= maxBytes;
    }

    /**
     * Writes a record, which does not count yet.
     *
     * @throws IOException if it cannot be written: then no record counts that was written since the last {@link #force}
     */
    public synchronized void write(ByteBuffer payload) throws IOException {
        SegmentWriter open = writer;
        boolean full = open != null && nextWritten == nextDurable && open.end() >= segmentBytes();
        if (open == null || full) {
            open = roll();
        }
        try {
            long before = open.end();
            open.write(nextWritten, payload);
            nextWritten++;
            bytes += open.end() - before;
        } catch (IOException e) {
            takeBack(open);
            throw e;
        }
        crashPoints.reached("spool.append.written");
    }

    /**
     * Makes all records that were written survive a loss of power: from now on they count, and can be taken out.
     *
     * @throws IOException if that fails: then they do not count. The segment is never written to again, because a second
     *     force could claim what is not so.
     */
    public void force() throws IOException {
        SegmentWriter open = writer;
        if (open == null) {
            return;
        }
        try {
            open.force(); // takes long: others must not wait for it
        } catch (IOException e) {
            abandon(open, e);
            throw e;
        }
        synchronized (this) {
            nextDurable = nextWritten;
            segments.getLast().grownTo(open.durableEnd());
        }
        crashPoints.reached("spool.append.forced");
    }

    /** The next record in order, null if there is none. It is kept on disk until it is resolved. */
    public synchronized @Nullable SpoolRecord next() throws IOException {
        while (!segments.isEmpty()) {
            Segment segment = reading.segment();
            if (segment == null) {
                segment = segments.getFirst();
                reading.moveTo(segment, 0);
            }
            missing(segment, segment.name().firstSequence());
            Found found = reading.next();
            if (found == null || found.sequence() >= end(segment)) {
                missing(segment, end(segment));
                Segment following = after(segment);
                if (following == null) {
                    removeResolved();
                    return null;
                }
                reading.moveTo(following, 0);
                removeResolved();
            } else if (found.sequence() >= nextRead) {
                missing(segment, found.sequence());
                nextRead = found.sequence() + 1;
                unresolved.put(
                        found.sequence(),
                        new Place(found.sequence(), segment.name().number(), found.offset()));
                return new SpoolRecord(found.sequence(), found.payload());
            }
        }
        return null;
    }

    /** The record has arrived, or is somewhere else on disk. */
    public synchronized void resolve(long sequence) throws IOException {
        if (unresolved.remove(sequence) != null) {
            removeResolved();
        }
    }

    /** What was taken out is not what was put in, though its checksum is right: the same as damage. */
    public synchronized void unusable(SpoolRecord record) throws IOException {
        Place place = unresolved.get(record.sequence());
        for (Segment segment : segments) {
            if (place != null && segment.name().number() == place.segment()) {
                segment.markDamaged();
                events.spoolDamaged(SegmentFiles.aside(segment), 1);
            }
        }
        resolve(record.sequence());
    }

    /**
     * Drops the oldest segment, so that there is room. What was taken out of it and is not resolved goes on without being
     * kept on disk.
     *
     * @param dropped is given each record that nobody has taken out
     * @return false if there is no segment to drop
     */
    public synchronized boolean dropOldest(Consumer<ByteBuffer> dropped) throws IOException {
        Segment oldest = segments.peekFirst();
        if (oldest == null) {
            return false;
        }
        if (oldest == segments.getLast()) {
            closeWriter();
        }
        long end = end(oldest);
        while (nextRead < end) {
            SpoolRecord record = next();
            if (record == null) {
                break;
            }
            unresolved.remove(record.sequence());
            dropped.accept(record.payload());
        }
        unresolved.headMap(end).clear();
        removeResolved();
        return true;
    }

    /** Records that count and are not resolved. */
    public synchronized long records() {
        return nextDurable - firstUnresolved();
    }

    /** Records that count and were not taken out yet. */
    public synchronized long waiting() {
        return nextDurable - nextRead;
    }

    /** What it takes up on disk, in bytes. */
    public synchronized long bytes() {
        return bytes;
    }

    private long firstUnresolved() {
        return unresolved.isEmpty() ? nextRead : unresolved.firstKey();
    }

    private long segmentBytes() {
        return Math.min(LARGEST_SEGMENT_BYTES, maxBytes / LEAST_SEGMENTS);
    }

    private SegmentWriter roll() throws IOException {
        closeWriter();
        files.prepare();
        savePosition(); // now, so that it has its place when the disk is full
        SegmentFiles.Created created = files.create(nextNumber, nextDurable);
        nextNumber++;
        segments.add(created.segment());
        writer = created.writer();
        return created.writer();
    }

    private synchronized void abandon(SegmentWriter open, IOException reason) throws IOException {
        events.spoolAbandoned(segments.getLast().path(), String.valueOf(reason.getMessage()));
        takeBack(open);
        closeWriter();
    }

    private void takeBack(SegmentWriter open) throws IOException {
        bytes -= open.end() - open.durableEnd();
        nextWritten = nextDurable;
        try {
            open.takeBack();
        } catch (IOException e) {
            closeWriter(); // what stands there is ignored: the next segment begins with the same sequence
        }
        Segment last = segments.getLast();
        if (open.durableEnd() == 0 && last != reading.segment()) {
            closeWriter();
            segments.removeLast();
            files.remove(last);
        }
    }

    private void closeWriter() throws IOException {
        SegmentWriter open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
    }

    /** Counts the records up to a sequence that should have been there. */
    private void missing(Segment segment, long upTo) {
        if (upTo > nextRead) {
            segment.markDamaged();
            events.spoolDamaged(SegmentFiles.aside(segment), upTo - nextRead);
            nextRead = upTo;
        }
    }

    /** The first sequence that is not the segment's. */
    private long end(Segment segment) {
        Segment following = after(segment);
        return following == null ? nextDurable : following.name().firstSequence();
    }

    private @Nullable Segment after(Segment segment) {
        for (Iterator<Segment> all = segments.iterator(); all.hasNext(); ) {
            if (all.next() == segment) {
                return all.hasNext() ? all.next() : null;
            }
        }
        return null;
    }

    /** Deletes what is resolved, and remembers how far that is. */
    private void removeResolved() throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        savePosition();
        crashPoints.reached("spool.position.saved");
        if (isResolved(segments.getFirst())) {
            position.force(); // else, after a loss of power, the segment would be missing
            crashPoints.reached("spool.position.forced");
        }
        while (!segments.isEmpty() && isResolved(segments.getFirst())) {
            Segment segment = segments.removeFirst();
            if (segments.isEmpty()) {
                closeWriter();
            }
            if (segment == reading.segment()) {
                reading.stop();
            }
            bytes -= segment.bytes();
            files.remove(segment);
        }
    }

    /** Whether nothing in it is needed. One that is written to is kept until nothing at all is left. */
    private boolean isResolved(Segment segment) {
        return end(segment) <= firstUnresolved() && (after(segment) != null || nextWritten == nextRead);
    }

    private void savePosition() throws IOException {
        Place place = unresolved.isEmpty() ? null : unresolved.firstEntry().getValue();
        if (place == null) {
            Segment at = reading.segment();
            place = new Place(nextRead, at == null ? 0 : at.name().number(), reading.offset());
        }
        position.save(place);
    }

    @Override
    public synchronized void close() throws IOException {
        closeWriter();
        reading.stop();
        position.close();
    }
}
