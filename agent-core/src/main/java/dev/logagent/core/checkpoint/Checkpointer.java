package dev.logagent.core.checkpoint;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Saves the delivered positions when they have moved: so that they survive a loss of power once a second and at the end, and
 * the end of the process several times a second, so that little is repeated when it is killed.
 */
public final class Checkpointer {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Duration RECENT_INTERVAL = Duration.ofMillis(100);

    /** With many files, saving takes at most one part in so many of the time. */
    private static final int SAVING_SHARE = 50;

    /** Files that were not seen for this long are forgotten: their names and inodes may mean something else by now. */
    private static final Duration MEMORY = Duration.ofDays(7);

    private final CheckpointStore store;
    private final Positions positions;
    private final AgentEvents events;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long savedState = Long.MIN_VALUE;
    private long recentState = Long.MIN_VALUE;
    private boolean failing;

    public Checkpointer(CheckpointStore store, Positions positions, AgentEvents events) {
        this.store = store;
        this.positions = positions;
        this.events = events;
    }

    public void start(FatalError fatal) {
        Threads.start("checkpointer", fatal.guard(this::run));
    }

    private void run() {
        try {
            long nextForced = System.nanoTime() + INTERVAL.toNanos();
            long pause = RECENT_INTERVAL.toNanos();
            while (!stopped.await(pause, TimeUnit.NANOSECONDS)) {
                long start = System.nanoTime();
                if (start - nextForced >= 0) {
                    save();
                    nextForced = System.nanoTime() + INTERVAL.toNanos();
                } else {
                    saveRecent();
                }
                pause = Math.max(RECENT_INTERVAL.toNanos(), SAVING_SHARE * (System.nanoTime() - start));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Saves now if anything has changed. A disk that cannot be written costs repeats after a restart, not lines: it is
     * reported, and tried again.
     *
     * @return whether the positions are on disk
     */
    public synchronized boolean save() {
        forgetOldFiles();
        long state = stateHash();
        if (state == savedState) {
            return true;
        }
        try {
            store.save(positions);
            savedState = state;
            recentState = state;
            if (failing) {
                failing = false;
                events.checkpointSavedAgain();
            }
            return true;
        } catch (IOException e) {
            notSaved(e);
            return false;
        }
    }

    private synchronized void saveRecent() {
        long state = stateHash();
        if (state == recentState) {
            return;
        }
        try {
            store.saveRecent(positions);
            recentState = state;
        } catch (IOException e) {
            notSaved(e);
        }
    }

    private void notSaved(IOException e) {
        if (!failing) {
            failing = true;
            events.checkpointNotSaved(String.valueOf(e.getMessage()));
        }
    }

    public void stop() {
        stopped.countDown();
    }

    private void forgetOldFiles() {
        long oldest = System.currentTimeMillis() - MEMORY.toMillis();
        for (FilePosition file : positions.all()) {
            if (!file.isFollowed() && file.sighting().seenMillis() < oldest) {
                positions.remove(file);
            }
        }
    }

    /** Changes whenever a position, a name or a head changes; not with the time a file was seen. */
    private long stateHash() {
        long hash = positions.started().hashCode();
        for (FilePosition file : positions.all()) {
            FilePosition.Sighting sighting = file.sighting();
            long one = file.lineage() * 31 + file.acks().position().offset();
            one = one * 31 + sighting.path().hashCode();
            one = one * 31 + sighting.key().hashCode();
            one = one * 31 + sighting.head().length();
            hash += one * 0x9e3779b97f4a7c15L;
        }
        return hash;
    }
}
