package dev.logagent.core.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.EventJson;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.Rfc3339;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a line of JSON: when, why, after how many attempts, the event as it would have been sent, the bytes of its
 * line, and all that is needed to make the same event again.
 */
final class DeadLetterJson {

    private static final JsonFactory JSON = new JsonFactory();

    private DeadLetterJson() {}

    /** The letter with its newline. */
    static byte[] write(DeadLetter letter, String agentName) throws IOException {
        LogEvent event = letter.event();
        LineRun run = event.run();
        JsonBuffer encoded = new JsonBuffer(512);
        new EventJson(agentName).write(event, null, encoded);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * encoded.length());
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("rejected_at", Rfc3339.format(letter.rejectedAtMillis()));
            json.writeStringField("reason", letter.reason());
            json.writeNumberField("attempts", letter.attempts());
            json.writeStringField("batch", letter.batch());
            json.writeFieldName("event");
            json.writeRawValue(encoded.toString());
            json.writeBinaryField(
                    "line",
                    Arrays.copyOfRange(run.bytes(event.line()), run.start(event.line()), run.end(event.line())));
            json.writeObjectFieldStart("origin");
            writeOrigin(event, json);
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    /** What the event as it would have been sent does not tell exactly. */
    private static void writeOrigin(LogEvent event, JsonGenerator json) throws IOException {
        SourceInfo source = event.source();
        LineRun run = event.run();
        writeIfSet("service", source.service(), json);
        json.writeObjectFieldStart("tags");
        for (Map.Entry<String, String> tag : source.tags().entrySet()) {
            json.writeStringField(tag.getKey(), tag.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("detected_ms", run.detectedAtMillis());
        LineRun line = run.slice(event.line(), event.line() + 1);
        json.writeNumberField("end", line.endOffset());
        json.writeBooleanField("partial", line.isPartial(0));
        if (line.isRewritten(0)) {
            json.writeBooleanField("rewritten", true);
        }
    }

    private static void writeIfSet(String name, @Nullable String value, JsonGenerator json) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /**
     * Reads what {@link #write}, or an older agent, wrote.
     *
     * @throws IOException if it is damaged
     */
    static DeadLetter read(String line) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            if (value(json) instanceof Map<?, ?> letter) {
                return read(letter);
            }
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | DateTimeException e) {
            throw new IOException("it is not a dead letter: " + e.getMessage(), e);
        }
        throw new IOException("it is not a dead letter: no object");
    }

    private static DeadLetter read(Map<?, ?> letter) throws IOException {
        Map<?, ?> event = table(letter, "event");
        byte[] bytes = Base64.getDecoder().decode(text(letter, "line"));
        return new DeadLetter(
                Instant.parse(text(letter, "rejected_at")).toEpochMilli(),
                text(letter, "reason"),
                (int) number(letter, "attempts"),
                text(letter, "batch"),
                new LogEvent(
                        letter.get("origin") instanceof Map<?, ?> origin
                                ? run(event, origin, bytes)
                                : run(event, originOf(event, bytes), bytes),
                        0));
    }

    private static LineRun run(Map<?, ?> event, Map<?, ?> origin, byte[] line) throws IOException {
        Map<String, String> tags = new LinkedHashMap<>();
        table(origin, "tags").forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
        SourceInfo source = new SourceInfo(
                text(event, "source"),
                optional(origin, "service"),
                optional(event, "component"),
                optional(event, "host"),
                optional(event, "region"),
                optional(event, "classification"),
                tags);
        String id = text(event, "id");
        FileInfo file = new FileInfo(text(event, "file"), Long.parseUnsignedLong(id.substring(0, id.indexOf('-')), 16));
        long offset = number(event, "offset");
        boolean rewritten = Boolean.TRUE.equals(origin.get("rewritten"));
        long length = number(origin, "end") - offset;
        byte[] bytes = rewritten ? new byte[Math.toIntExact(length)] : withTerminator(line, length - line.length);
        LineRun run = new LineRun(
                source,
                file,
                number(origin, "detected_ms"),
                bytes,
                new int[] {0, bytes.length},
                1,
                offset,
                Boolean.TRUE.equals(origin.get("partial")));
        return rewritten ? run.rewritten(new byte[][] {line}) : run;
    }

    /** The line with so many bytes of its end: the ids of batches tell where lines end. */
    private static byte[] withTerminator(byte[] line, long length) {
        byte[] bytes = Arrays.copyOf(line, line.length + (int) Math.max(0, Math.min(2, length)));
        if (bytes.length > line.length) {
            bytes[bytes.length - 1] = '\n';
        }
        if (bytes.length > line.length + 1) {
            bytes[line.length] = '\r';
        }
        return bytes;
    }

    /** Older agents wrote no origin: what the event tells of it. */
    private static Map<String, Object> originOf(Map<?, ?> event, byte[] line) throws IOException {
        Map<String, Object> origin = new LinkedHashMap<>();
        if (!text(event, "service").equals(text(event, "source"))) {
            origin.put("service", text(event, "service"));
        }
        Map<String, Object> tags = new LinkedHashMap<>();
        table(event, "metadata").forEach((key, value) -> tags.put(String.valueOf(key), value));
        boolean partial = Boolean.TRUE.equals(tags.remove("partial"));
        origin.put("tags", tags);
        origin.put("detected_ms", Instant.parse(text(event, "detected_at")).toEpochMilli());
        origin.put("end", number(event, "offset") + line.length + (partial ? 0 : 1));
        origin.put("partial", partial);
        return origin;
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> table = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                table.put(name, value(json));
            }
            return table;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        return token == null || token == JsonToken.VALUE_NULL ? null : json.getText();
    }

    private static Map<?, ?> table(Map<?, ?> parent, String key) throws IOException {
        if (parent.get(key) instanceof Map<?, ?> table) {
            return table;
        }
        throw new IOException("it is not a dead letter: no '" + key + "'");
    }

    private static String text(Map<?, ?> table, String key) throws IOException {
        String text = optional(table, key);
        if (text == null) {
            throw new IOException("it is not a dead letter: no '" + key + "'");
        }
        return text;
    }

    private static @Nullable String optional(Map<?, ?> table, String key) {
        return table.get(key) instanceof String text ? text : null;
    }

    private static long number(Map<?, ?> table, String key) throws IOException {
        if (table.get(key) instanceof Long number) {
            return number;
        }
        throw new IOException("it is not a dead letter: no '" + key + "'");
    }
}
