package dev.logagent.core.checkpoint;

import dev.logagent.core.ack.Positions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings positions up to date with the logs that follow their snapshot, oldest first. A torn end is what a crash leaves, and
 * costs nothing but repeats. Records that damage has hit before that are left out; what the others say is true all the
 * same, but that folders were looked through does not count from there on, because what was found there may be missing. For
 * one use.
 */
final class LogReplay {

    private final Positions positions;
    private final long snapshot;
    private long next;
    private boolean complete;
    private boolean gap;

    /**
     * @param snapshot the number of the snapshot that the positions are from
     * @param complete whether nothing is missing from them
     */
    LogReplay(Positions positions, long snapshot, boolean complete) {
        this.positions = positions;
        this.snapshot = snapshot;
        this.next = snapshot;
        this.complete = complete;
    }

    /**
     * Takes a log over, unless it is older than the snapshot.
     *
     * @param isLast whether it is the one that was written last: only that one may have a torn end
     * @return what is wrong with it, or null
     * @throws CheckpointFormat.NewerVersionException if a newer agent wrote it
     */
    @Nullable String replay(Path log, boolean isLast) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            return new OneLog(new Lines(in)).replay(isLast);
        }
    }

    /** The number of the newest snapshot that a log follows, or of the one that the positions are from. */
    long newestSnapshot() {
        return Math.max(snapshot, next - 1);
    }

    /** Whether a log that was replayed does not follow what there was before it: something in between is missing. */
    boolean hasGap() {
        return gap;
    }

    private void place(long follows) {
        gap |= follows != next;
        complete &= follows == next;
        next = follows + 1;
    }

    private final class OneLog {

        private final Lines lines;
        private @Nullable String damage = "its beginning is missing";
        private boolean placed;
        private boolean suspect;

        OneLog(Lines lines) {
            this.lines = lines;
        }

        @Nullable String replay(boolean isLast) throws IOException {
            while (lines.next()) {
                int at = lines.start();
                while (at < lines.end()) { // a damaged newline makes one line of two
                    int end = LogRecord.objectEnd(lines.array(), at, lines.end());
                    Map<String, String> fields =
                            end < 0 ? Map.of() : PositionJson.fields(lines.array(), LogRecord.objectStart(at), end);
                    if (fields.isEmpty()) {
                        suspect = true;
                        break;
                    }
                    if (!take(fields)) {
                        return null;
                    }
                    suspect = end < lines.end() && lines.array()[end] != '\n';
                    at = end + 1;
                }
            }
            if (suspect && !isLast) {
                damaged("its end is missing");
            }
            complete &= damage == null;
            return damage;
        }

        private void damaged(String reason) {
            complete = false;
            damage = damage == null ? reason : damage;
        }

        /** Gives whether the log is one of those that are to be taken over. */
        private boolean take(Map<String, String> fields) throws IOException {
            if (fields.containsKey("follows")) {
                int version = (int) PositionJson.number(fields, "log");
                if (version > CheckpointFormat.VERSION) {
                    throw new CheckpointFormat.NewerVersionException(version);
                }
                long follows = PositionJson.number(fields, "follows");
                if (follows < snapshot) {
                    return false;
                }
                placed = true;
                damage = null;
                place(follows);
                return true;
            }
            if (suspect) {
                damaged("records in it do not match their checksums");
            }
            PositionJson.addTo(positions, fields, complete && placed);
            return true;
        }
    }
}
