package dev.logagent.receiver.websocket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the sender of one batch. Safe for use by several threads, at any time: when the connection is gone, a
 * reply is lost, and the sender repeats the batch.
 */
public final class Reply {

    private static final JsonFactory JSON = new JsonFactory();

    private final WebSocket connection;
    private final String batchId;

    Reply(WebSocket connection, String batchId) {
        this.connection = connection;
        this.batchId = batchId;
    }

    /** The batch is safe here. */
    public void ack() {
        say(object(json -> json.writeStringField("ack", batchId)));
    }

    /**
     * Not now.
     *
     * @param after how long the sender shall wait, or null to leave that to it
     */
    public void retry(@Nullable Duration after, String reason) {
        say(object(json -> {
            json.writeStringField("retry", batchId);
            if (after != null) {
                json.writeNumberField("after_ms", after.toMillis());
            }
            json.writeStringField("reason", reason);
        }));
    }

    /** Never. */
    public void reject(String reason) {
        say(object(json -> {
            json.writeStringField("reject", batchId);
            json.writeStringField("reason", reason);
        }));
    }

    /** Any text, as a text frame: for tests. */
    public void say(String text) {
        try {
            connection.send(text);
        } catch (WebsocketNotConnectedException e) {
            // The sender will repeat the batch.
        }
    }

    /** Ends the connection with a close frame. */
    public void close(int code, String reason) {
        connection.close(code, reason);
    }

    /** Ends the connection without a word. */
    public void cut() {
        connection.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
    }

    private interface Members {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static String object(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return text.toString();
    }
}
