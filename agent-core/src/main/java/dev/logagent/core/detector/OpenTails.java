package dev.logagent.core.detector;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which followed files of a source are open, the least recently read first, and which of them to close when there are too
 * many: those that are read to their end before others, and none that could not be opened again. Confined to its detector's
 * thread.
 */
final class OpenTails {

    private final OpenFiles places;
    private final SourceScan scan;
    private final Predicate<TailedFile> hasName;
    private final Set<TailedFile> open = new LinkedHashSet<>();

    /** @param hasName whether a name is known that leads to a file */
    OpenTails(OpenFiles places, SourceScan scan, Predicate<TailedFile> hasName) {
        this.places = places;
        this.scan = scan;
        this.hasName = hasName;
    }

    /** A scan has opened the file: it stays open if there is a place. */
    void opened(TailedFile tail) {
        open.add(tail);
        if (places.isOver()) {
            close(tail);
        }
    }

    /**
     * Makes sure that the file is open.
     *
     * @return false if there is no place for it now
     * @throws IOException if it cannot be opened
     */
    boolean open(TailedFile tail) throws IOException {
        if (!tail.content().isOpen()) {
            while (!places.tryTake()) {
                if (!closeOne()) {
                    return false;
                }
            }
            tail.open();
        }
        open.remove(tail);
        open.add(tail);
        return true;
    }

    /** Gives a place up if somebody else waits for one. */
    void giveWay() {
        if (places.isShort()) {
            closeOne();
        }
    }

    /** Closes a file that has a name to open it by again. Gives whether it has. */
    boolean release(TailedFile tail) {
        boolean named = hasName.test(tail);
        if (named) {
            close(tail);
        }
        return named;
    }

    void closed(TailedFile tail) {
        open.remove(tail);
    }

    private boolean closeOne() {
        TailedFile idle = first(tail -> !tail.isPending() && hasName.test(tail));
        TailedFile victim = idle != null ? idle : first(hasName);
        if (victim == null) {
            return false;
        }
        close(victim);
        return true;
    }

    private void close(TailedFile tail) {
        open.remove(tail);
        try {
            tail.content().release();
        } catch (IOException e) {
            scan.skip(tail.path(), SourceScan.reason(e));
        }
    }

    private @Nullable TailedFile first(Predicate<TailedFile> suited) {
        return open.stream().filter(suited).findFirst().orElse(null);
    }
}
