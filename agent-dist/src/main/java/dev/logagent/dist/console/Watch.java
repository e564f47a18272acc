package dev.logagent.dist.console;

import dev.logagent.core.StatusBoard;
import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.status.SourceStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the agent, and at the sizes of its files no more often than is useful: looking takes at most one part in
 * thirty of the time. For use in one thread.
 */
final class Watch {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKING_SHARE = 30;

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
        return look(FRESH_NANOS);
    }

    /** The agent now, with files as they were at most so long ago. */
    Snapshot look(long maxAgeNanos) {
        long start = System.nanoTime();
        if (!looked || start - lookedNanos > Math.max(maxAgeNanos, LOOKING_SHARE * lookNanos)) {
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
