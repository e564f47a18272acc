package dev.logagent.core.spool;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.core.spool.ReaderPosition.Place;
import dev.logagent.core.spool.SegmentReader.Found;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in a spool, read without changing anything, while an agent works with it or not.
 *
 * @param segments files
 * @param batches that are not delivered; as many as there seem to be, where some are damaged
 * @param bytes that the files take up
 * @param damagedSegments files that were damaged, and have been set aside after the rest of them was delivered
 * @param oldest when the oldest line was read, null if there is none
 */
public record SpoolSummary(
        int segments,
        long batches,
        long bytes,
        int damagedSegments,
        @Nullable Instant oldest) {

    /** An agent may delete what is being looked at. */
    private static final int TRIES = 5;

    /**
     * Looks at the spool in a folder, which need not exist.
     *
     * @throws IOException if it cannot be read
     */
    public static SpoolSummary of(Path folder) throws IOException {
        NoSuchFileException vanished = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                return look(folder);
            } catch (NoSuchFileException e) {
                vanished = e;
            }
        }
        throw vanished == null ? new IOException("the spool changes all the time") : vanished;
    }

    private static SpoolSummary look(Path folder) throws IOException {
        List<Segment> segments = SegmentFiles.list(folder);
        int damaged = SegmentFiles.damaged(folder).size();
        if (segments.isEmpty()) {
            return new SpoolSummary(0, 0, 0, damaged, null);
        }
        Segment first = segments.get(0);
        Place place;
        try (ReaderPosition position = new ReaderPosition(folder.resolve(ReaderPosition.FILE_NAME))) {
            place = position.load();
        }
        long from = Math.max(first.name().firstSequence(), place == null ? 0 : place.sequence());
        long to = SpoolTail.of(segments.get(segments.size() - 1)).nextSequence();
        long bytes = segments.stream().mapToLong(Segment::bytes).sum();
        return new SpoolSummary(segments.size(), Math.max(0, to - from), bytes, damaged, oldest(segments, place, from));
    }

    private static @Nullable Instant oldest(List<Segment> segments, @Nullable Place place, long from)
            throws IOException {
        for (Segment segment : segments) {
            boolean isThere = place != null && place.segment() == segment.name().number();
            long start = isThere && place != null ? Math.min(place.offset(), segment.bytes()) : 0;
            try (SegmentReader reader =
                    new SegmentReader(segment.path(), segment.name().salt(), start)) {
                for (Found found = reader.next(segment.bytes()); found != null; found = reader.next(segment.bytes())) {
                    if (found.sequence() >= from) {
                        return oldest(BatchCodec.decode(found.payload()));
                    }
                }
            }
        }
        return null;
    }

    private static Instant oldest(Batch batch) {
        return Instant.ofEpochMilli(
                batch.runs().stream().mapToLong(LineRun::detectedAtMillis).min().orElseThrow());
    }
}
