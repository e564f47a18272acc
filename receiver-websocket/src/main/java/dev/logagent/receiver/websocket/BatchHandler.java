package dev.logagent.receiver.websocket;

import java.util.Map;

/** What a receiver does with batches. Called by several threads at once, but in order for each connection. */
public interface BatchHandler {

    /** A connection is open. The headers are those of its handshake, by name in lower case. */
    default void connected(String path, Map<String, String> headers) {}

    /** A batch has come. Whoever takes it says so with {@link Reply#ack}, now or later. */
    void received(ReceivedBatch batch, Reply reply);
}
