package dev.logagent.core.detector;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The place of a file among those that were rotated from one path: they are read one after the other, the oldest first.
 * Confined to its detector's thread.
 */
final class PlaceInLine {

    private static final byte[] NOTHING = {};

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
     * What the file that comes after a rotated one begins with, if nothing was read of it; empty if there is none, or it
     * cannot be read, which will be told when its turn comes.
     */
    byte[] openingOfNext() {
        boolean isNew = after != null && file.isRetired() && !after.file.hasBegun();
        try {
            return isNew && after.file.content().isOpen() ? after.file.point().opening() : NOTHING;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    /** Some of that belongs to the last event of this file, which ends at {@code end}. */
    void carry(byte[] opening, int taken, long end) throws IOException {
        if (taken > 0 && after != null) {
            after.file.goWith(file.position(), end, opening, taken);
        }
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
