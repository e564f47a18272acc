package dev.logagent.core.detector;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * How many log files may be kept open at once, over all sources and outputs. Who gets no place is woken when there is one;
 * who has places gives some up meanwhile: files that are not read at the moment can be opened again. Safe for use by several
 * threads.
 */
public final class OpenFiles {

    private final Semaphore scans;
    private final Deque<Thread> waiting = new ArrayDeque<>();
    private int max;
    private int open;
    private int sharers;

    /**
     * @param max how many files may be kept open, at least 1
     * @param scans how many sources may look through their folders at once, which takes a few descriptors more
     */
    public OpenFiles(int max, int scans) {
        this.max = max;
        this.scans = new Semaphore(scans, true);
    }

    /** Takes a place. Gives false if there is none: then this thread is unparked when there may be one. */
    synchronized boolean tryTake() {
        if (open < max) {
            open++;
            return true;
        }
        if (!waiting.contains(Thread.currentThread())) {
            waiting.add(Thread.currentThread());
        }
        return false;
    }

    /** Takes a place whether there is one or not, for a moment. */
    synchronized void borrow() {
        open++;
    }

    synchronized void giveBack() {
        open--;
        Thread next = open < max ? waiting.poll() : null;
        if (next != null) {
            LockSupport.unpark(next);
        }
    }

    /** Whether more are open than may be kept open. */
    synchronized boolean isOver() {
        return open > max;
    }

    /** Whether somebody waits for a place. */
    synchronized boolean isShort() {
        return !waiting.isEmpty();
    }

    /** The system has refused to open one more: no more than are open now will be from here on. */
    synchronized void exhausted() {
        max = Math.max(1, Math.min(max, open - 1));
    }

    /** One more source reads files. */
    synchronized void join() {
        sharers++;
    }

    synchronized void leave() {
        sharers--;
    }

    /** How many sources read files. */
    synchronized int sharers() {
        return sharers;
    }

    /** How many are open now. */
    public synchronized int count() {
        return open;
    }

    /** Looks through folders when not too many others do. */
    void scanning(Runnable scan) {
        scans.acquireUninterruptibly();
        try {
            scan.run();
        } finally {
            scans.release();
        }
    }
}
