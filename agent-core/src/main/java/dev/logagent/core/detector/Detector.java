package dev.logagent.core.detector;

import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows the files of one source on a thread of its own: wakes when the system tells of a change, and looks for itself
 * now and then, because such hints can be lost.
 */
public final class Detector implements FileWatcher.Listener {

    /** How often files are looked at even though the system tells of changes. */
    private static final Duration SAFETY_POLL = Duration.ofSeconds(1);

    /** How often folders are looked through even though the system tells of changes. */
    private static final Duration SAFETY_SCAN = Duration.ofSeconds(5);

    /** A new file is found within this time, busy folders and slow clocks included. */
    static final Duration LONGEST_SCAN_DELAY = SAFETY_SCAN.multipliedBy(2);

    /** In a busy folder, looking it through because of changes takes at most one part in so many of the time. */
    private static final int SCAN_SHARE = 10;

    /** Looking without a hint takes at most one part in so many of the time: many idle files must not cost much. */
    private static final int SAFETY_SHARE = 100;

    private final String source;
    private final SourceFiles files;
    private final FileWatcher watcher;
    private final OpenFiles places;
    private final Duration delay;
    private final Set<Path> written = ConcurrentHashMap.newKeySet();
    private final CountDownLatch scanned = new CountDownLatch(1);
    private final CountDownLatch mayRead = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<Path> watched = new HashSet<>();

    private volatile boolean rearranged;
    private volatile boolean stopping;
    private volatile boolean finishing;
    private volatile @Nullable Thread thread;
    private boolean polling;
    private long nextPoll;
    private long nextScan;
    private long earliestScan;

    /** @param delay how often to look where the system does not tell of changes */
    Detector(String source, SourceFiles files, FileWatcher watcher, OpenFiles places, Duration delay) {
        this.source = source;
        this.files = files;
        this.watcher = watcher;
        this.places = places;
        this.delay = delay;
    }

    /** Starts the thread. */
    public void start(FatalError fatal) {
        Threads.start("detector-" + source, fatal.guard(this::run));
    }

    /** Waits until the files that are there have been found. */
    public void awaitFirstScan() throws InterruptedException {
        scanned.await();
    }

    /** Lets the thread go on from the first scan to reading: where that begins is safely remembered now. */
    public void beginReading() {
        mayRead.countDown();
    }

    /** Reads everything that is there, unfinished last lines included, and ends. */
    public void finish() {
        finishing = true;
        wake();
    }

    /** Ends as soon as possible. What has not been handed over is read at the next start. */
    public void stop() {
        stopping = true;
        mayRead.countDown();
        wake();
    }

    /** Waits for the end. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void written(Path file) {
        if (written.add(file)) {
            wake();
        }
    }

    @Override
    public void rearranged() {
        rearranged = true;
        wake();
    }

    /** A permit that is given before the thread parks is not lost. */
    private void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        thread = Thread.currentThread();
        try {
            scan();
            scanned.countDown();
            mayRead.await();
            files.remembered();
            while (!stopping) {
                lookForChanges();
                // Looked at once: whoever is told to finish after it has read must read once more, to the end.
                boolean toEnd = finishing;
                boolean progress = toEnd ? files.readToEnd() : files.read();
                if (toEnd && !progress && !files.isStarved()) {
                    break;
                }
                if (!progress) {
                    park();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            scanned.countDown();
            files.close();
            ended.countDown();
        }
    }

    private void scan() {
        places.scanning(this::scanNow);
    }

    private void scanNow() {
        long start = System.nanoTime();
        rearranged = false;
        Set<Path> folders = files.scan();
        polling = false;
        watched.retainAll(folders);
        for (Path folder : folders) {
            // Registering again is cheap, and finds a folder that was deleted and made anew.
            boolean isWatched = watcher.watch(folder, this);
            polling |= !isWatched;
            if (isWatched && watched.add(folder)) {
                rearranged = true; // what appeared between the look and the registration
            }
        }
        long now = System.nanoTime();
        long interval = (polling ? SAFETY_POLL : SAFETY_SCAN).toNanos();
        // The first one takes longer than all others: the program has just been started.
        nextScan = now + (nextScan == 0 ? interval : Math.max(interval, share() * (now - start)));
        nextPoll = now + pollInterval();
        earliestScan = now + SCAN_SHARE * (now - start);
    }

    private void lookForChanges() {
        for (Path file : List.copyOf(written)) {
            written.remove(file);
            rearranged |= files.isDisplaced(file);
        }
        long now = System.nanoTime();
        if (now - nextPoll >= 0) {
            rearranged |= !files.poll();
            long end = System.nanoTime();
            nextPoll = end + Math.max(pollInterval(), share() * (end - now));
        }
        if (now - nextScan >= 0 || (rearranged && now - earliestScan >= 0)) {
            scan();
        }
    }

    private int share() {
        return polling ? SCAN_SHARE : SAFETY_SHARE;
    }

    private long pollInterval() {
        return (polling ? delay : SAFETY_POLL).toNanos();
    }

    private void park() {
        if (written.isEmpty() && !stopping) {
            long due = Math.min(nextPoll, rearranged ? earliestScan : nextScan);
            LockSupport.parkNanos(this, due - System.nanoTime());
        }
    }
}
