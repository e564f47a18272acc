package dev.logagent.transport.websocket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.logagent.api.transport.Excerpt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a receiver says about batches. */
sealed interface Answer {

    /** The receiver that asks for more patience than this is asked again anyway. */
    Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** The receiver has these batches. */
    record Ack(List<String> batchIds) implements Answer {}

    /** The receiver wants the batch later. */
    record Retry(String batchId, @Nullable Duration after, String reason) implements Answer {}

    /** The receiver will never take the batch. */
    record Reject(String batchId, String reason) implements Answer {}

    /** Something that is not an answer, or contradicts itself. */
    record Unknown() implements Answer {}

    /** Reads a message; never throws, as it comes from outside. */
    static Answer read(String message) {
        try (JsonParser json = Reader.JSON.createParser(message)) {
            return new Reader(json).read();
        } catch (IOException e) {
            return new Unknown();
        }
    }

    /** Collects the members of one object; those it does not know are skipped, for the sake of later versions. */
    final class Reader {

        private static final JsonFactory JSON = new JsonFactory();

        private final JsonParser json;
        private final List<String> acks = new ArrayList<>();
        private @Nullable String retry;
        private @Nullable String reject;
        private @Nullable Duration after;
        private String reason = "";

        private Reader(JsonParser json) {
            this.json = json;
        }

        private Answer read() throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Unknown();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                member(json.currentName(), json.nextToken());
            }
            int verbs = (acks.isEmpty() ? 0 : 1) + (retry == null ? 0 : 1) + (reject == null ? 0 : 1);
            if (verbs != 1) {
                return new Unknown();
            }
            if (retry != null) {
                return new Retry(retry, after, reason.isEmpty() ? "the receiver asks for it later" : reason);
            }
            if (reject != null) {
                return new Reject(reject, reason.isEmpty() ? "the receiver does not say why" : reason);
            }
            return new Ack(List.copyOf(acks));
        }

        private void member(String name, JsonToken value) throws IOException {
            if (name.equals("ack") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    acks.add(json.getText());
                }
                if (json.currentToken() != JsonToken.END_ARRAY) {
                    throw new IOException("not a list of ids");
                }
            } else if (name.equals("after_ms") && value.isNumeric()) {
                after = after(json.getDoubleValue());
            } else if (value == JsonToken.VALUE_STRING) {
                text(name, json.getText());
            } else {
                json.skipChildren();
            }
        }

        private void text(String name, String value) {
            switch (name) {
                case "ack" -> acks.add(value);
                case "retry" -> retry = value;
                case "reject" -> reject = value;
                case "reason" -> reason = Excerpt.of(value);
                default -> {
                    // From a later version of the protocol.
                }
            }
        }

        private static Duration after(double millis) {
            return Duration.ofMillis((long) Math.max(0, Math.min(millis, (double) LONGEST_WAIT.toMillis())));
        }
    }
}
