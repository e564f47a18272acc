package dev.logagent.dist.console;

import dev.logagent.core.StatusBoard;
import java.time.Duration;

/**
 * Looks at the agent, and at the sizes of its files no more often than is useful: looking takes at most a small part of the
 * time, while nobody is there to see it a very small one. Safe for use by several threads.
 */
record Watch(StatusBoard board, Steering steering) {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int LOOKING_SHARE = 30;
    private static final int UNSEEN_SHARE = 1000;

    /** The agent now, files included. */
    Snapshot look() {
        return look(FRESH);
    }

    /** The agent now, with files as they were at most so long ago. */
    Snapshot look(Duration maxAge) {
        return look(maxAge, LOOKING_SHARE);
    }

    /** The same, for the charts of later visitors. */
    Snapshot lookUnseen(Duration maxAge) {
        return look(maxAge, UNSEEN_SHARE);
    }

    private Snapshot look(Duration maxAge, int share) {
        return Snapshot.of(steering.program(), board, board.sources(maxAge, share), board.inventory());
    }
}
