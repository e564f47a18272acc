package dev.logagent.core.detector;

import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.input.Input;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Pulse;
import dev.logagent.core.runtime.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
public final class Detector implements Input, FileWatcher.Listener {

    /** How often files are looked at even though the system tells of changes. */
    private static final Duration SAFETY_POLL = Duration.ofSeconds(1);

    /** How often the folders of a source are looked through even though the system tells of changes. */
    static final Duration SAFETY_SCAN = Duration.ofSeconds(5);

    /** In a busy folder, looking it through because of changes takes at most one part in so many of the time. */
    private static final int SCAN_SHARE = 10;

    /** Looking without a hint takes at most one part in so many of the time, all sources together: idle files cost little. */
    private static final int SAFETY_SHARE = 500;

    /** So long a look is put off at most because it takes long. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** So many names may come or go before the thread looks at them; if there are more, it looks at everything. */
    private static final int MOST_NAMES = 10_000;

    private final String source;
    private final SourceFiles files;
    private final FileWatcher watcher;
    private final OpenFiles places;
    private final Duration delay;
    private final Duration scanInterval;
    private final Pulse pulse;
    private final Set<Path> written = ConcurrentHashMap.newKeySet();
    private final Set<Path> named = new LinkedHashSet<>();
    private final CountDownLatch scanned = new CountDownLatch(1);
    private final CountDownLatch mayRead = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<Path> watched = new HashSet<>();

    private volatile boolean rearranged;
    private volatile boolean stopping;
    private volatile boolean finishing;
    private volatile boolean paused;
    private volatile @Nullable Thread thread;
    private boolean polling;
    private long pollCost;
    private long nextPoll;
    private long nextScan;
    private long earliestScan;

    /**
     * @param delay how often to look where the system does not tell of changes
     * @param scanInterval how often to look through folders where it does
     * @param pulse told when it works and when it waits
     */
    Detector(
            String source,
            SourceFiles files,
            FileWatcher watcher,
            OpenFiles places,
            Duration delay,
            Duration scanInterval,
            Pulse pulse) {
        this.source = source;
        this.files = files;
        this.watcher = watcher;
        this.places = places;
        this.delay = delay;
        this.scanInterval = scanInterval;
        this.pulse = pulse;
    }

    @Override
    public void start(FatalError fatal) {
        Threads.start("detector-" + source, fatal.guard(pulse, this::run));
    }

    /** Waits until the files that are there have been found. */
    @Override
    public void awaitReady() throws InterruptedException {
        scanned.await();
    }

    @Override
    public void beginReading() {
        mayRead.countDown();
    }

    @Override
    public void finish() {
        finishing = true;
        wake();
    }

    @Override
    public void stop() {
        stopping = true;
        mayRead.countDown();
        wake();
    }

    @Override
    public void pause(boolean isPaused) {
        paused = isPaused;
        wake();
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public long unreadBytesOfDeleted() {
        return files.unreadBytesOfDeleted();
    }

    @Override
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void written(Path file) {
        if (files.mayConcern(file) && written.add(file)) {
            wake();
        }
    }

    @Override
    public void named(Path name) {
        synchronized (named) {
            if (named.size() < MOST_NAMES) {
                named.add(name);
            } else {
                rearranged = true;
            }
        }
        wake();
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
        places.join();
        try {
            scan();
            scanned.countDown();
            mayRead.await();
            files.remembered();
            while (!stopping) {
                pulse.busy();
                lookForChanges();
                // Looked at once: whoever is told to finish after it has read must read once more, to the end.
                boolean toEnd = finishing && !paused;
                boolean progress = !paused && (toEnd ? files.readToEnd() : files.read());
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
            places.leave();
            ended.countDown();
        }
    }

    private void scan() {
        places.scanning(this::scanNow);
    }

    private void scanNow() {
        long start = System.nanoTime();
        rearranged = false;
        takeNamed(); // the scan sees them
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
        long interval = (polling ? SAFETY_POLL : scanInterval).toNanos();
        // The first one takes longer than all others: the program has just been started.
        nextScan = now + (nextScan == 0 ? interval : pause(interval, now - start));
        nextPoll = now + pollInterval();
        earliestScan = now + SCAN_SHARE * (now - start);
    }

    /** The names that have come or gone, in their order. */
    private List<Path> takeNamed() {
        synchronized (named) {
            List<Path> taken = List.copyOf(named);
            named.clear();
            return taken;
        }
    }

    private boolean hasNames() {
        synchronized (named) {
            return !named.isEmpty();
        }
    }

    private void lookForChanges() {
        List<Path> names = takeNamed();
        // When a scan is due, it sees these as well.
        if (!rearranged && files.isRearranged(names)) {
            rearranged = true;
        }
        for (Path file : List.copyOf(written)) {
            written.remove(file);
            if (files.isDisplaced(file)) {
                rearranged = true;
            }
        }
        long now = System.nanoTime();
        if (now - nextPoll >= 0) {
            if (!files.poll()) {
                rearranged = true;
            }
            long end = System.nanoTime();
            pollCost = end - now;
            nextPoll = end + pollInterval();
        }
        if (now - nextScan >= 0 || (rearranged && (now - earliestScan >= 0 || files.isUnsure()))) {
            scan();
        }
    }

    /** How long to wait after a look without a hint that took so long: all sources together have a share of the time. */
    private long pause(long leastNanos, long costNanos) {
        long share = (long) (polling ? SCAN_SHARE : SAFETY_SHARE) * places.sharers();
        return Math.max(leastNanos, Math.min(share * costNanos, LONGEST_PAUSE.toNanos()));
    }

    private long pollInterval() {
        return pause((polling ? delay : SAFETY_POLL).toNanos(), pollCost);
    }

    private void park() {
        if (written.isEmpty() && !hasNames() && !stopping) {
            long due = Math.min(nextPoll, rearranged ? earliestScan : nextScan) - System.nanoTime();
            pulse.idle();
            LockSupport.parkNanos(this, Math.min(due, files.nanosHeld()));
        }
    }
}
