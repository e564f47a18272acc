package dev.logagent.transport.rabbitmq;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has said about the messages of one batch on one channel. The sender publishes and waits; the
 * connection's thread reports. Safe for use by both.
 */
final class Confirms {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Messages messages;
    private final long firstTag;

    /** The published messages by their place in the order of publishing, which is the order of tags. */
    private final int[] published;

    private final int[] sizes;
    private final String[] exchanges;
    private int count;

    /** Places below this are settled. */
    private int firstOpen;

    private final BitSet settled = new BitSet();
    private int settledCount;

    /** Messages, not places. */
    private final BitSet delivered = new BitSet();

    private final Map<Integer, String> unroutable = new HashMap<>();
    private final Map<String, String> returned = new HashMap<>();
    private int refused;
    private @Nullable Failure failure;
    private long lastProgress = System.nanoTime();

    /**
     * @param firstTag what the channel will call the first message
     */
    Confirms(Messages messages, long firstTag) {
        this.messages = messages;
        this.firstTag = firstTag;
        this.published = new int[messages.count()];
        this.sizes = new int[messages.count()];
        this.exchanges = new String[messages.count()];
    }

    /** The sender is about to publish a message. */
    void publishing(int message, Message content) {
        lock.lock();
        try {
            published[count] = message;
            sizes[count] = content.body().length;
            exchanges[count] = content.target().exchange();
            count++;
            // The time that a message takes to be made is not the broker's.
            if (count - settledCount == 1) {
                lastProgress = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The broker has returned a message because no queue wants it; its confirm follows. */
    void returned(@Nullable String id, String reason) {
        lock.lock();
        try {
            if (id != null) {
                returned.put(id, reason);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The broker has taken responsibility for a message, or refused to.
     *
     * @param multiple whether that goes for all before it, too
     */
    void settled(long tag, boolean multiple, boolean taken) {
        lock.lock();
        try {
            // Older tags are those of a batch that nobody waits for any more.
            long place = tag - firstTag;
            if (place < 0 || place >= count) {
                return;
            }
            if (multiple) {
                for (int open = firstOpen; open <= place; open++) {
                    settle(open, taken);
                }
            } else {
                settle((int) place, taken);
            }
            firstOpen = settled.nextClearBit(firstOpen);
            lastProgress = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The channel is gone: nothing more will be said. */
    void failed(Failure cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many published messages wait for their confirm. */
    int open() {
        lock.lock();
        try {
            return count - settledCount;
        } finally {
            lock.unlock();
        }
    }

    boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until at most that many messages are open, or the channel has failed.
     *
     * @return false if there was no progress for that long
     */
    boolean awaitAtMost(int open, long timeoutNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (count - settledCount > open && failure == null) {
                long left = lastProgress + timeoutNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What is known now. */
    Verdict verdict() {
        lock.lock();
        try {
            List<Verdict.Open> open = new ArrayList<>();
            if (failure != null) {
                for (int place = settled.nextClearBit(0); place < count; place = settled.nextClearBit(place + 1)) {
                    open.add(new Verdict.Open(published[place], sizes[place], exchanges[place]));
                }
            }
            return new Verdict((BitSet) delivered.clone(), Map.copyOf(unroutable), refused, failure, open);
        } finally {
            lock.unlock();
        }
    }

    private void settle(int place, boolean taken) {
        if (settled.get(place)) {
            return;
        }
        settled.set(place);
        settledCount++;
        int message = published[place];
        String reason = returned.isEmpty() ? null : returned.remove(messages.id(message));
        if (reason != null) {
            unroutable.put(message, reason);
        } else if (taken) {
            delivered.set(message);
        } else {
            refused++;
        }
    }
}
