package dev.logagent.transport.websocket;

import dev.logagent.api.transport.SendResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The batches of one connection that wait for their confirmation. Safe for use by several threads. */
final class Unacknowledged {

    /**
     * A batch that waits.
     *
     * @param owner whether this is the first to wait for that id, who has to send it
     */
    record Waiting(
            String batchId, int frameBytes, long sinceNanos, CompletableFuture<SendResult> result, boolean owner) {

        /** A batch that need not wait. */
        static Waiting settled(String batchId, SendResult result) {
            return new Waiting(batchId, 0, System.nanoTime(), CompletableFuture.completedFuture(result), false);
        }
    }

    private final Map<String, Waiting> waiting = new HashMap<>();
    private final Map<Long, Waiting> barriers = new HashMap<>();
    private @Nullable NotConnectedException failure;
    private long lastAnswerNanos = System.nanoTime();

    /**
     * Waits for the answer to a batch, from now on. Who comes second with the same batch waits for the same answer.
     *
     * @throws NotConnectedException if the connection has ended
     */
    synchronized Waiting add(String batchId, int frameBytes) throws NotConnectedException {
        if (failure != null) {
            throw failure.here();
        }
        Waiting first = waiting.get(batchId);
        if (first != null) {
            return new Waiting(batchId, first.frameBytes(), first.sinceNanos(), first.result(), false);
        }
        Waiting added = new Waiting(batchId, frameBytes, System.nanoTime(), new CompletableFuture<>(), true);
        waiting.put(batchId, added);
        return added;
    }

    /** Waits no longer, if the answer has not come. */
    synchronized void remove(Waiting batch) {
        if (batch.owner()) {
            waiting.remove(batch.batchId(), batch);
            barriers.values().remove(batch);
        }
    }

    /** From now on, a pong of this number or a later one confirms the batch. */
    synchronized void confirmByPong(Waiting batch, long ping) {
        barriers.put(ping, batch);
    }

    /** The receiver has read everything up to this ping. */
    void pong(long ping) {
        List<Waiting> confirmed = new ArrayList<>();
        synchronized (this) {
            barriers.entrySet().removeIf(barrier -> barrier.getKey() <= ping && confirmed.add(barrier.getValue()));
            confirmed.forEach(batch -> waiting.remove(batch.batchId(), batch));
        }
        confirmed.forEach(batch -> batch.result().complete(SendResult.delivered()));
    }

    /** The receiver has answered for a batch; gives whether one of that id was waiting. */
    boolean answered(String batchId, SendResult result) {
        Waiting batch;
        synchronized (this) {
            batch = waiting.remove(batchId);
            if (batch == null) {
                return false;
            }
            lastAnswerNanos = System.nanoTime();
        }
        batch.result().complete(result);
        return true;
    }

    /** Whether the receiver has answered for any batch since this one was sent. */
    synchronized boolean answeredSince(Waiting batch) {
        return lastAnswerNanos - batch.sinceNanos() > 0;
    }

    /**
     * The connection has ended: nobody waits any longer.
     *
     * @param tooBig whether it ended because a frame was too big: then the biggest one certainly was, as frames are
     *     refused for nothing but their size
     */
    void end(NotConnectedException reason, boolean tooBig) {
        List<Waiting> left;
        synchronized (this) {
            if (failure == null) {
                failure = reason;
            }
            left = new ArrayList<>(waiting.values());
            waiting.clear();
            barriers.clear();
        }
        Waiting biggest = null;
        for (Waiting batch : left) {
            if (biggest == null || batch.frameBytes() > biggest.frameBytes()) {
                biggest = batch;
            }
        }
        if (tooBig && biggest != null) {
            biggest.result()
                    .complete(new SendResult.Rejected(
                            "the receiver takes no frame of " + biggest.frameBytes() + " bytes"));
        }
        left.forEach(batch -> batch.result().completeExceptionally(reason));
    }
}
