package dev.logagent.core.detector;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files that may have something to read, in the order in which they have their turns. Confined to one thread. */
final class Turns {

    private final Set<TailedFile> pending = new LinkedHashSet<>();

    /** Reads one file once. */
    interface Reader {
        Progress read(TailedFile tail);
    }

    void add(TailedFile tail) {
        pending.add(tail);
    }

    void remove(TailedFile tail) {
        pending.remove(tail);
    }

    /** Whether a file holds an event for which more may come. */
    boolean isHolding() {
        return have(TailedFile::isHolding);
    }

    /** Whether one of them is such a file. */
    boolean have(Predicate<TailedFile> kind) {
        return pending.stream().anyMatch(kind);
    }

    /**
     * Gives each file one turn, but for those that have to wait for an older one, as long as there is room for what they
     * hold.
     *
     * @return whether there is more to read
     */
    boolean giveTurns(Reader reader) {
        List<TailedFile> tails = List.copyOf(pending);
        List<TailedFile> blocked = new ArrayList<>();
        boolean more = false;
        for (TailedFile tail : tails) {
            if (tail.place().isBlocked()) {
                blocked.add(tail);
                continue;
            }
            Progress progress = reader.read(tail);
            if (progress == Progress.WAITING) {
                goOnWith(tail, tails);
                return true;
            }
            more |= progress == Progress.MORE;
        }
        return more || blocked.stream().anyMatch(tail -> !tail.place().isBlocked());
    }

    /** There was no room for a file: it comes first the next time, those before it last. */
    private void goOnWith(TailedFile first, List<TailedFile> tails) {
        for (TailedFile served : tails.subList(0, tails.indexOf(first))) {
            if (pending.remove(served)) {
                pending.add(served);
            }
        }
    }
}
