package dev.logagent.dist.console;

import dev.logagent.core.StatusBoard;
import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.status.SourceStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the agent, and at the sizes of its files no more often than is useful: looking takes at most a small part of the
 * time, while nobody is there to see it a very small one. For use in one thread.
 */
final class Watch {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKING_SHARE = 30;
    private static final int UNSEEN_SHARE = 500;

    private final StatusBoard board;
    private final Steering steering;
    private List<SourceStatus> sources = List.of();
    private List<FoundFile> inventory = List.of();
    private long lookedNanos;
    private long lookNanos;
    private boolean looked;

    Watch(StatusBoard board, Steering steering) {
        this.board = board;
        this.steering = steering;
    }

    /** The agent now, files included. */
    Snapshot look() {
        return look(FRESH_NANOS, LOOKING_SHARE);
    }

    /** The agent now, with files as they were at most so long ago. */
    Snapshot look(long maxAgeNanos) {
        return look(maxAgeNanos, LOOKING_SHARE);
    }

    /** The same, for the charts of later visitors. */
    Snapshot lookUnseen(long maxAgeNanos) {
        return look(maxAgeNanos, UNSEEN_SHARE);
    }

    private Snapshot look(long maxAgeNanos, int share) {
        long start = System.nanoTime();
        if (!looked || start - lookedNanos > Math.max(maxAgeNanos, share * lookNanos)) {
            sources = board.sources();
            inventory = board.inventory();
            lookedNanos = System.nanoTime();
            lookNanos = lookedNanos - start;
            // Before the agent has started, the next look may find more at any moment.
            looked = !board.outputs().isEmpty();
        }
        return Snapshot.of(steering.program(), board, sources, inventory);
    }
}
