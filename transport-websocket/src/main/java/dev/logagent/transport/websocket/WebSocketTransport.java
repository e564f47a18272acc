package dev.logagent.transport.websocket;

import dev.logagent.api.Batch;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends each batch as one text frame over the one connection, and waits for its confirmation; several batches may be
 * under way at once, and are confirmed in any order. Safe for use by several threads.
 */
final class WebSocketTransport implements Transport {

    private static final int INITIAL_BYTES = 64 * 1024;

    /** A buffer that an unusually large batch has made larger than this is not kept. */
    private static final int MOST_KEPT_BYTES = 4 * 1024 * 1024;

    private final Settings settings;
    private final BatchFrames frames;
    private final Link link;
    private final Semaphore window;

    /** As many as threads have encoded at once; a thread-local would keep one for each virtual thread. */
    private final ConcurrentLinkedQueue<JsonBuffer> buffers = new ConcurrentLinkedQueue<>();

    WebSocketTransport(Settings settings, BatchFrames frames, Link link, int window) {
        this.settings = settings;
        this.frames = frames;
        this.link = link;
        // Fair, so that no batch waits for later ones.
        this.window = new Semaphore(window, true);
    }

    @Override
    public SendResult send(Batch batch) throws IOException, InterruptedException {
        return send(batch.id(), buffer -> frames.write(batch, buffer));
    }

    /** Sends a batch without events: whoever acknowledges it speaks the protocol. */
    @Override
    public String check() throws IOException, InterruptedException {
        String id = "check-" + UUID.randomUUID();
        SendResult result = send(id, buffer -> frames.writeEmpty(id, buffer));
        String destination = settings.endPoint().shown();
        if (result instanceof SendResult.Delivered) {
            return "connected to " + destination
                    + (settings.acknowledged()
                            ? " and got an acknowledgement for an empty batch"
                            : " and got an answer to a ping; it is not asked for acknowledgements (ack = \"none\")");
        }
        if (result instanceof SendResult.Rejected rejected) {
            return "connected to " + destination + "; it only refuses a batch without events: " + rejected.reason();
        }
        throw new IOException(
                result instanceof SendResult.Retry retry
                        ? retry.reason()
                        : result instanceof SendResult.Misconfigured wrong ? wrong.reason() : result.toString());
    }

    @Override
    public void close() {
        link.close();
        buffers.clear();
    }

    /** @param content writes the frame */
    private SendResult send(String batchId, Consumer<JsonBuffer> content) throws IOException, InterruptedException {
        if (!window.tryAcquire(settings.ackTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            return SendResult.retry("as many batches as 'window' allows wait for their acknowledgement");
        }
        try {
            Connection connection = link.open();
            return connection.await(submit(connection, batchId, content));
        } catch (NotConnectedException e) {
            return e.result();
        } finally {
            window.release();
        }
    }

    private Unacknowledged.Waiting submit(Connection connection, String batchId, Consumer<JsonBuffer> content)
            throws NotConnectedException {
        JsonBuffer taken = buffers.poll();
        JsonBuffer buffer = taken == null ? new JsonBuffer(INITIAL_BYTES) : taken;
        try {
            content.accept(buffer);
            return connection.submit(batchId, ByteBuffer.wrap(buffer.array(), 0, buffer.length()));
        } finally {
            // The connection has made its own, masked copy.
            buffer.clear();
            if (buffer.array().length <= MOST_KEPT_BYTES) {
                buffers.offer(buffer);
            }
        }
    }
}
