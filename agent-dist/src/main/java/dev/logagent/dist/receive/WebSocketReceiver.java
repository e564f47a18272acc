package dev.logagent.dist.receive;

import dev.logagent.receiver.websocket.BatchReceiver;
import dev.logagent.receiver.websocket.ReceivedBatch;
import dev.logagent.receiver.websocket.ReceiverSettings;
import dev.logagent.receiver.websocket.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes payloads over WebSocket. A class of its own, so that the library is loaded only by those who ask for it. */
final class WebSocketReceiver implements AutoCloseable {

    private final BatchReceiver server;

    private WebSocketReceiver(BatchReceiver server) {
        this.server = server;
    }

    /** @throws IOException if the address is taken */
    static WebSocketReceiver start(InetSocketAddress address, int maxFrameBytes, Intake intake)
            throws IOException, InterruptedException {
        ReceiverSettings settings = new ReceiverSettings(maxFrameBytes, null, false);
        return new WebSocketReceiver(
                BatchReceiver.start(address, settings, (batch, reply) -> take(intake, batch, reply)));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private static void take(Intake intake, ReceivedBatch batch, Reply reply) {
        try {
            answer(intake.take(batch.payload().getBytes(StandardCharsets.UTF_8), batch.id()), reply);
        } catch (InterruptedException e) {
            // Stopping: the sender repeats what has no answer.
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(Intake.Outcome outcome, Reply reply) {
        if (outcome instanceof Intake.Accepted) {
            reply.ack();
        } else if (outcome instanceof Intake.ToldToFail failure) {
            reply.retry(duration(failure.retryAfterSeconds()), "told to fail");
        } else if (outcome instanceof Intake.NotStored failure) {
            reply.retry(null, failure.reason());
        } else if (outcome instanceof Intake.Malformed malformed) {
            reply.reject(malformed.reason());
        }
    }

    private static @Nullable Duration duration(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
