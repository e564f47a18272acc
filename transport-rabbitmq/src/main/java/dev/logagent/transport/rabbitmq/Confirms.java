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
 * connection's thread reports. Safe for use by both: publishing takes no lock, since it is done for each message.
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

    /** Written by the sender alone, after the entry of that place. */
    private volatile int count;

    /** Places below this are settled. */
    private int firstOpen;

    private final BitSet settled = new BitSet();
    private volatile int settledCount;

    /** The sender waits until so few are open; negative while it does not. */
    private int awaited = -1;

    /** Messages, not places. */
    private final BitSet delivered = new BitSet();

    private final Map<Integer, String> unroutable = new HashMap<>();
    private final Map<String, String> returned = new HashMap<>();
    private int refused;
    private volatile @Nullable Failure failure;
    private volatile long lastProgress = System.nanoTime();

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
        int place = count;
        published[place] = message;
        sizes[place] = content.body().length;
        exchanges[place] = content.target().exchange();
        // The time that a message takes to be made is not the broker's.
        if (place == settledCount) {
            lastProgress = System.nanoTime();
        }
        count = place + 1;
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
            int more = 0;
            for (int open = multiple ? firstOpen : (int) place; open <= place; open++) {
                more += settle(open, taken) ? 1 : 0;
            }
            firstOpen = settled.nextClearBit(firstOpen);
            int all = settledCount + more;
            settledCount = all;
            lastProgress = System.nanoTime();
            if (count - all <= awaited) {
                changed.signalAll();
            }
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
        return count - settledCount;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /**
     * Waits until at most that many messages are open, or the channel has failed.
     *
     * @return false if there was no progress for that long
     */
    boolean awaitAtMost(int open, long timeoutNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaited = open;
            while (open() > open && failure == null) {
                long left = lastProgress + timeoutNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            awaited = -1;
            lock.unlock();
        }
    }

    /** What is known now. */
    Verdict verdict() {
        lock.lock();
        try {
            Failure end = failure;
            List<Verdict.Open> open = new ArrayList<>();
            if (end != null) {
                for (int place = settled.nextClearBit(0); place < count; place = settled.nextClearBit(place + 1)) {
                    open.add(new Verdict.Open(published[place], sizes[place], exchanges[place]));
                }
            }
            return new Verdict((BitSet) delivered.clone(), Map.copyOf(unroutable), refused, end, open);
        } finally {
            lock.unlock();
        }
    }

    /** Gives whether it was open. */
    private boolean settle(int place, boolean taken) {
        if (settled.get(place)) {
            return false;
        }
        settled.set(place);
        int message = published[place];
        String reason = returned.isEmpty() ? null : returned.remove(messages.id(message));
        if (reason != null) {
            unroutable.put(message, reason);
        } else if (taken) {
            delivered.set(message);
        } else {
            refused++;
        }
        return true;
    }
}
