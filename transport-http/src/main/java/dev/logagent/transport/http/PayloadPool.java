package dev.logagent.transport.http;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Payloads waiting to be used again. As there are never more in use than threads that send, there are never more of them
 * altogether; a thread-local would keep one for each virtual thread. Safe for use by several threads.
 */
final class PayloadPool implements AutoCloseable {

    private static final int INITIAL_BYTES = 64 * 1024;

    /** A payload that an unusually large batch has made larger than this is not kept. */
    private static final long MOST_KEPT_BYTES = 4L * 1024 * 1024;

    private final ConcurrentLinkedQueue<Payload> idle = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final boolean compressed;

    PayloadPool(boolean compressed) {
        this.compressed = compressed;
    }

    /** A payload for the calling thread, until it is {@linkplain #giveBack given back}. */
    Payload take() {
        Payload payload = idle.poll();
        return payload == null ? new Payload(compressed, INITIAL_BYTES) : payload;
    }

    void giveBack(Payload payload) {
        if (payload.capacity() > MOST_KEPT_BYTES || closed.get()) {
            payload.release();
        } else {
            idle.offer(payload);
            if (closed.get()) {
                releaseIdle();
            }
        }
    }

    @Override
    public void close() {
        closed.set(true);
        releaseIdle();
    }

    private void releaseIdle() {
        for (Payload payload = idle.poll(); payload != null; payload = idle.poll()) {
            payload.release();
        }
    }
}
