package dev.logagent.transport.kafka;

import dev.logagent.api.transport.SendResult;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Collects what became of the events of one batch. The sending thread and the producer's thread both report to it; each
 * event once.
 */
final class Confirmations {

    private final KafkaOutcome outcome;
    private final Runnable takeBack;
    private final int size;
    private final boolean[] confirmed;
    private final Map<Integer, Fate> failed = new ConcurrentHashMap<>();
    private final Map<String, Fate> closedTopics = new ConcurrentHashMap<>();
    private final AtomicInteger pending;
    private final CountDownLatch allSettled = new CountDownLatch(1);
    private volatile boolean anyTopicClosed;

    /**
     * @param takeBack is run when a record has to be sent again: takes back those that have been handed over behind it,
     *     which must not overtake it
     * @param size the number of events
     */
    Confirmations(KafkaOutcome outcome, Runnable takeBack, int size) {
        this.outcome = outcome;
        this.takeBack = takeBack;
        this.size = size;
        this.confirmed = new boolean[size];
        this.pending = new AtomicInteger(size);
    }

    /** What the producer calls when it knows the fate of that event. */
    Callback of(int event, String topic) {
        return (metadata, failure) -> {
            if (failure == null) {
                confirmed[event] = true;
                settle();
            } else {
                Fate fate = outcome.of(failure);
                if (fate.kind() == Fate.Kind.RETRY) {
                    takeBack.run();
                }
                fail(event, topic, fate);
            }
        };
    }

    /** Reports that an event has not been, and will not be, confirmed. */
    void fail(int event, String topic, Fate fate) {
        failed.put(event, fate);
        if (fate.kind() != Fate.Kind.REJECTED) {
            closedTopics.putIfAbsent(topic, fate);
            anyTopicClosed = true;
        }
        settle();
    }

    /**
     * Why nothing more should be sent to that topic, or null. What comes after a record that has to be sent again should
     * not overtake it, nor wait as long as that one did.
     */
    @Nullable Fate closed(String topic) {
        return anyTopicClosed ? closedTopics.get(topic) : null;
    }

    /** Whether every event has its fate; waits for that. */
    boolean await(Duration atMost) throws InterruptedException {
        return allSettled.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether a failure says that the producer is of no use any more. */
    boolean producerIsLost() {
        return failed.values().stream().anyMatch(Fate::producerIsLost);
    }

    /** The result of the batch. Events without a word about them count as not delivered. */
    SendResult result() {
        boolean settled = pending.get() <= 0;
        if (settled && failed.isEmpty()) {
            return SendResult.delivered();
        }
        Map<Integer, Fate> others = new TreeMap<>(failed);
        BitSet delivered = new BitSet(size);
        if (settled) {
            for (int event = 0; event < size; event++) {
                delivered.set(event, confirmed[event] && !others.containsKey(event));
            }
        }
        Map<Integer, String> rejected = new TreeMap<>();
        others.forEach((event, fate) -> {
            if (fate.kind() == Fate.Kind.REJECTED) {
                rejected.put(event, fate.reason());
            }
        });
        Fate worst = whyTheRest(others);
        if (!delivered.isEmpty() || !rejected.isEmpty()) {
            return new SendResult.Partial(delivered, rejected, worst.reason(), null);
        }
        return worst.kind() == Fate.Kind.MISCONFIGURED
                ? new SendResult.Misconfigured(worst.reason())
                : SendResult.retry(worst.reason());
    }

    /** The fate of what is to be sent again: the operator's mistake only if nothing else stands in the way. */
    private static Fate whyTheRest(Map<Integer, Fate> failed) {
        Fate misconfigured = null;
        for (Fate fate : failed.values()) {
            if (fate.kind() == Fate.Kind.RETRY) {
                return fate;
            }
            if (fate.kind() == Fate.Kind.MISCONFIGURED && misconfigured == null) {
                misconfigured = fate;
            }
        }
        return misconfigured != null ? misconfigured : Fate.retry("not confirmed in time");
    }

    private void settle() {
        if (pending.decrementAndGet() == 0) {
            allSettled.countDown();
        }
    }
}
