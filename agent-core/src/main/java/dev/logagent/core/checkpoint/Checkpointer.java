package dev.logagent.core.checkpoint;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.ack.Positions.SourceTimes;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Pulse;
import dev.logagent.core.runtime.Threads;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Saves the delivered positions when they have moved, and only those: several times a second so that they survive the end of
 * the process, so that little is repeated when it is killed, and once a second so that they survive a loss of power.
 */
public final class Checkpointer {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Duration FORCED_INTERVAL = Duration.ofSeconds(1);

    /** Saving takes at most one part in so many of the time: a snapshot of many files takes a while. */
    private static final int SAVING_SHARE = 50;

    /** Files that were not seen for this long are forgotten: their names and inodes may mean something else by now. */
    private static final Duration MEMORY = Duration.ofDays(7);

    /** So many files that nobody follows are remembered; those that were seen last. */
    private static final int MOST_REMEMBERED = 100_000;

    private static final Duration FORGETTING_INTERVAL = Duration.ofMinutes(1);

    /** That files are still seen is not worth a record each, but must be remembered some time. */
    private static final Duration SNAPSHOT_INTERVAL = Duration.ofDays(1);

    private final CheckpointStore store;
    private final StateFolder state;
    private final Positions positions;
    private final AgentEvents events;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Pulse pulse = new Pulse("checkpointer");
    private List<SourceTimes> savedSources = List.of();
    private long nextForgetting = System.nanoTime();
    private long nextSnapshot = System.nanoTime();
    private volatile long savedNanos = System.nanoTime();
    private boolean failing;

    /** @param state the agent's state folder, in which the store is */
    public Checkpointer(CheckpointStore store, StateFolder state, Positions positions, AgentEvents events) {
        this(store, state, positions, events, InstantSource.system());
    }

    /** @param clock tells how long ago files were seen */
    Checkpointer(
            CheckpointStore store, StateFolder state, Positions positions, AgentEvents events, InstantSource clock) {
        this.clock = clock;
        this.store = store;
        this.state = state;
        this.positions = positions;
        this.events = events;
    }

    public void start(FatalError fatal) {
        Threads.start("checkpointer", fatal.guard(pulse, this::run));
    }

    private void run() {
        try {
            long nextForced = System.nanoTime() + FORCED_INTERVAL.toNanos();
            long pause = INTERVAL.toNanos();
            while (!stopped.await(pause, TimeUnit.NANOSECONDS)) {
                pulse.busy();
                long start = System.nanoTime();
                boolean force = start - nextForced >= 0;
                saveChanges(force);
                if (force) {
                    nextForced = System.nanoTime() + FORCED_INTERVAL.toNanos();
                }
                pulse.idle();
                pause = Math.max(INTERVAL.toNanos(), SAVING_SHARE * (System.nanoTime() - start));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Saves everything now. A disk that cannot be written costs repeats after a restart, not lines: it is reported, and
     * tried again.
     *
     * @return whether the positions are on disk
     */
    public synchronized boolean save() {
        forgetOldFiles();
        return tell(() -> {
            long now = System.nanoTime();
            state.keep();
            if (!store.isSnapshotDue()) {
                append();
            }
            snapshot();
            savedNanos = now;
        });
    }

    private synchronized void saveChanges(boolean force) {
        boolean isNothingNew = !force && positions.isSaved(savedSources.size());
        if (stopped.getCount() == 0 || isNothingNew) {
            return;
        }
        long now = System.nanoTime();
        if (now - nextForgetting >= 0) {
            forgetOldFiles();
        }
        tell(() -> {
            if (force || store.isSnapshotDue()) {
                state.keep();
            }
            if (!store.isSnapshotDue()) {
                append();
            }
            if (store.isSnapshotDue() || now - nextSnapshot >= 0) {
                snapshot();
                savedNanos = now;
            } else if (force) {
                store.force();
                savedNanos = now;
            }
        });
    }

    /**
     * The changes that a snapshot holds are in the log before it or in the one after it as well: what could not be read
     * from the snapshot can be had from the logs.
     */
    private void append() throws IOException {
        if (positions.isSaved(savedSources.size())) {
            return; // to go through the changes takes long where there were many once
        }
        // Asked for first: all that was found when the folders were looked through is among the changes then.
        List<SourceTimes> sources = positions.sources();
        List<FilePosition> changed = positions.takeChanged();
        try {
            store.append(
                    changed,
                    sources.stream()
                            .filter(source -> !savedSources.contains(source))
                            .toList());
        } catch (IOException e) {
            positions.changedStill(changed);
            throw e;
        }
        savedSources = sources;
    }

    private void snapshot() throws IOException {
        store.save(positions);
        nextSnapshot = System.nanoTime() + SNAPSHOT_INTERVAL.toNanos();
    }

    /** Since when the positions on disk, safe from a loss of power, are certainly those in memory. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - savedNanos);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Gives whether the step succeeded; tells once for each change. */
    private boolean tell(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                events.checkpointNotSaved(String.valueOf(e.getMessage()));
            }
            return false;
        }
        if (failing) {
            failing = false;
            events.checkpointSavedAgain();
        }
        return true;
    }

    /** Saves everything once more, and lets go of the files. */
    public synchronized void close() {
        stopped.countDown();
        save();
        tell(store::close);
    }

    private void forgetOldFiles() {
        nextForgetting = System.nanoTime() + FORGETTING_INTERVAL.toNanos();
        Map<FilePosition, Long> seen = new HashMap<>();
        for (FilePosition file : positions.all()) {
            if (!file.isFollowed()) {
                seen.put(file, file.sighting().seenMillis());
            }
        }
        long oldest = clock.millis() - MEMORY.toMillis();
        if (seen.size() > MOST_REMEMBERED) {
            long[] times =
                    seen.values().stream().mapToLong(Long::longValue).sorted().toArray();
            oldest = Math.max(oldest, times[times.length - MOST_REMEMBERED]);
        }
        for (Map.Entry<FilePosition, Long> file : seen.entrySet()) {
            if (file.getValue() < oldest) {
                positions.remove(file.getKey());
            }
        }
    }
}
