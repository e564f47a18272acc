package dev.logagent.core.detector;

import dev.logagent.api.LineRun;
import dev.logagent.core.lines.Joined;
import dev.logagent.core.lines.Opening;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place of a file among those that were rotated from one path: they are read one after the other, the oldest first.
 * Confined to its detector's thread.
 */
final class PlaceInLine {

    private final TailedFile file;
    private final Path base;
    private @Nullable PlaceInLine before;
    private @Nullable PlaceInLine after;

    /** The last place in line, after {@code before}; {@code base} is the path that the file was rotated from, or its own. */
    PlaceInLine(TailedFile file, Path base, @Nullable PlaceInLine before) {
        this.file = file;
        this.base = base;
        link(before, this);
    }

    Path base() {
        return base;
    }

    /**
     * For a rotated file that is found later than what was rotated after it: as long as nothing of that one was handed over in
     * this life, the other can still come first. Gives whether it does.
     */
    boolean letPass(PlaceInLine late) {
        if (file.hasBegun() || file.isRetired()) {
            return false;
        }
        link(before, late);
        link(late, this);
        return true;
    }

    /** Whether an older file is still to be read first. */
    boolean isBlocked() {
        return before != null && before.file.holdsUp();
    }

    /**
     * What the file that comes after a rotated one begins with, if nothing was read of it; none if there is no such file, or
     * it cannot be read, which will be told when its turn comes.
     */
    Opening openingOfNext() {
        if (after == null || !file.isRetired() || after.file.hasBegun()) {
            return Opening.NONE;
        }
        try {
            return after.file.content().isOpen() ? after.file.opening() : Opening.NONE;
        } catch (IOException e) {
            return Opening.NONE;
        }
    }

    /**
     * Hands over a run of this file, and what goes with it of the next one.
     *
     * @param charged how much of the memory budget is taken for the run
     * @param opening of the next file
     */
    Progress handOver(LineRun run, byte[] block, int charged, Joined joined, Opening opening) throws IOException {
        if (after != null && joined.taken() > 0) {
            after.file.goWith(file.position(), run.endOffset(), opening, joined.taken());
        }
        Progress progress = file.handOver(run, block, charged);
        LineRun following = joined.following();
        if (after == null || following == null || progress != Progress.MORE) {
            return progress;
        }
        byte[] bytes = opening.bytes();
        ReadPoint point = after.file.point();
        int known = (int) point.offset() - point.knownBytes();
        return after.file.handOver(following, Arrays.copyOfRange(bytes, known, bytes.length), 0);
    }

    /** Closes the gap behind a file that leaves. Gives the place before, if there is one. */
    @Nullable PlaceInLine leave() {
        if (after != null) {
            after.before = before;
        }
        if (before != null) {
            before.after = after;
        }
        return before;
    }

    private static void link(@Nullable PlaceInLine one, PlaceInLine next) {
        next.before = one;
        if (one != null) {
            one.after = next;
        }
    }
}
