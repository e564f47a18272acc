package dev.logagent.transport.websocket;

import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.testkit.Batches;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Short ways to make and use the transport in tests. */
final class Transports {

    private Transports() {}

    static Transport websocket(String endPoint, Map<String, Object> options) throws InvalidOptionsException {
        return websocket(endPoint, options, Format.BATCH, Compression.NONE);
    }

    static Transport websocket(String endPoint, Map<String, Object> options, Format format, Compression compression)
            throws InvalidOptionsException {
        WebSocketTransportFactory factory = new WebSocketTransportFactory();
        return factory.create(new TransportContext(
                "agent1", "1.2.3", endPoint, factory.options().parse(options), format, compression, 4));
    }

    /** Sends one line over a transport of its own. */
    static SendResult sendOne(String endPoint, Map<String, Object> options) throws Exception {
        try (Transport transport = websocket(endPoint, options)) {
            return transport.send(Batches.of("app1", "hello"));
        }
    }

    /** Sends on a thread of its own; what is thrown completes the future, too. */
    static CompletableFuture<SendResult> sendAsync(Transport transport, Batch batch) {
        CompletableFuture<SendResult> outcome = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        outcome.complete(transport.send(batch));
                    } catch (Exception e) {
                        outcome.completeExceptionally(e);
                    }
                },
                "sender");
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    /**
     * Whether a batch comes back undelivered, be it that the connection ended while it was under way, or before that.
     */
    static boolean isGivenUp(CompletableFuture<SendResult> sent) throws Exception {
        return sent.handle((result, failure) -> failure instanceof IOException || result instanceof SendResult.Retry)
                .get(30, TimeUnit.SECONDS);
    }

    /** What is wrong with these options. */
    static List<OptionProblem> problems(String endPoint, Map<String, Object> options) {
        try (Transport transport = websocket(endPoint, options)) {
            throw new AssertionError("accepted: " + transport);
        } catch (InvalidOptionsException e) {
            return e.problems();
        }
    }
}
