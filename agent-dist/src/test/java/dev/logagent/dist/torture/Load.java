package dev.logagent.dist.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;

/** Writes to a log file all the time, on a thread of its own. */
final class Load implements AutoCloseable {

    private static final int LINES_AT_ONCE = 50;

    private final LogFile file;
    private final Thread thread;
    private volatile boolean ended;
    private volatile boolean failed;

    /** Begins at once. */
    Load(LogFile file, int linesPerSecond) {
        this.file = file;
        long pause = 1_000_000_000L * LINES_AT_ONCE / linesPerSecond;
        thread = new Thread(() -> run(pause), "load");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(long pauseNanos) {
        long next = System.nanoTime();
        try {
            while (!ended) {
                synchronized (file) {
                    file.lines(LINES_AT_ONCE);
                }
                next += pauseNanos;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException e) {
            failed = true;
            throw new UncheckedIOException(e);
        }
    }

    /** What is done to a file by whoever rotates it. */
    interface Action {
        void on(LogFile file) throws IOException;
    }

    /** Does something to the file between two writes. */
    void between(Action action) throws IOException {
        synchronized (file) {
            action.on(file);
        }
    }

    /** Ends the writing. */
    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failed) {
            throw new IllegalStateException("the log could not be written");
        }
    }
}
