package dev.logagent.receiver.websocket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * A batch as it came in. Immutable.
 *
 * @param id the same for every repetition of the batch
 * @param number counts the sender's batches, 0 if it does not say
 * @param payload the JSON object of the whole batch, or its events, one JSON object a line
 */
public record ReceivedBatch(String id, long number, String payload) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Takes a text frame apart.
     *
     * @throws IOException if it is not JSON, or names no batch
     */
    static ReceivedBatch read(String frame) throws IOException {
        try (JsonParser parser = JSON.createParser(frame)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a frame is a JSON object");
            }
            String id = null;
            long number = 0;
            boolean envelopeOnly = true;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("batchId") && value == JsonToken.VALUE_STRING) {
                    id = parser.getText();
                } else if (name.equals("batchNumber") && value == JsonToken.VALUE_NUMBER_INT) {
                    number = parser.getLongValue();
                } else {
                    envelopeOnly = false;
                    parser.skipChildren();
                }
            }
            if (id == null || id.isEmpty()) {
                throw new IOException("the frame has no 'batchId'");
            }
            int end = (int) parser.currentLocation().getCharOffset();
            return new ReceivedBatch(
                    id, number, envelopeOnly ? frame.substring(end).stripLeading() : frame);
        }
    }
}
