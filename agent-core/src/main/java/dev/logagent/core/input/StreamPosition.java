package dev.logagent.core.input;

import dev.logagent.api.FileInfo;
import dev.logagent.core.ack.Bookmarks;
import dev.logagent.core.ack.Bookmarks.Bookmark;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.FilePosition.Sighting;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.discovery.Fingerprint;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far one source's stream is read and delivered, remembered over restarts. What is read counts as bytes of a file that
 * only grows, so that it is acknowledged as any file is; the place that reading goes on from is a cursor. Where what was read
 * before might not be read again in the same way, a new generation begins, so that no two events get one id. Confined to the
 * source's thread.
 */
public final class StreamPosition {

    private final Positions positions;
    private final String source;
    private final String name;
    private final String identity;
    private @Nullable FilePosition current;

    /**
     * What is remembered of the stream, if anything.
     *
     * @param name what events give as their file
     * @param identity tells this stream from others that the source may have had, by all that decides what is in it
     */
    public StreamPosition(Positions positions, String source, String name, String identity) {
        this.positions = positions;
        this.source = source;
        this.name = name;
        this.identity = identity;
        this.current = positions.ofSource(source).stream()
                .filter(position -> position.bookmarks() != null)
                .max(Comparator.comparingLong(
                                (FilePosition position) -> position.sighting().seenMillis())
                        .thenComparingInt(FilePosition::generation))
                .orElse(null);
    }

    /** Whether the source had a stream before. */
    public boolean isKnown() {
        return current != null;
    }

    /**
     * Goes on where reading ended in an earlier life; in a new generation if it was another stream.
     *
     * @throws IllegalStateException if nothing is known
     */
    public Bookmark resume() {
        FilePosition known = current();
        Bookmark place = bookmarks(known).at(known.acks().position().offset());
        if (!known.sighting().key().equals(identity)) {
            return begin(place.cursor());
        }
        known.setFollowed(true);
        known.seen(sighting(known.sighting().birthNanos()));
        return place;
    }

    /** Begins a new generation at a place; empty for the beginning of the stream. */
    public Bookmark begin(String cursor) {
        FilePosition before = current;
        int generation = before == null ? 0 : before.generation() + 1;
        long birth = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())
                + ThreadLocalRandom.current().nextInt(1_000_000);
        Bookmark start = new Bookmark(0, cursor);
        FilePosition begun = FilePosition.ofStream(
                source, FilePosition.lineageOf(identity, birth, generation), generation, sighting(birth), start);
        if (before != null) {
            before.setFollowed(false);
        }
        begun.setFollowed(true);
        current = positions.add(begun);
        return start;
    }

    /** The stream has been read up to here, and what was read is on its way. */
    public void readTo(long offset, String cursor) {
        bookmarks(current()).readTo(new Bookmark(offset, cursor));
    }

    /** What events of this generation give as their file. */
    public FileInfo file() {
        return new FileInfo(name, current().lineage());
    }

    private Sighting sighting(long birth) {
        return new Sighting(
                name, identity, birth, birth, Sighting.UNSEALED, Fingerprint.EMPTY, System.currentTimeMillis());
    }

    private FilePosition current() {
        if (current == null) {
            throw new IllegalStateException("nothing is known of the stream of '" + source + "'");
        }
        return current;
    }

    private static Bookmarks bookmarks(FilePosition position) {
        Bookmarks bookmarks = position.bookmarks();
        if (bookmarks == null) {
            throw new IllegalStateException("not a stream");
        }
        return bookmarks;
    }
}
