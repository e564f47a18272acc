package dev.logagent.dist.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value that was read. What is asked for and is not there is empty, 0 or false. Immutable. */
public final class JsonValue {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonValue ABSENT = new JsonValue(null);

    private final @Nullable Object value;

    private JsonValue(@Nullable Object value) {
        this.value = value;
    }

    /**
     * The value that a text holds.
     *
     * @throws IOException if it is no JSON
     */
    public static JsonValue parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return read(parser);
        }
    }

    private static JsonValue read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("the answer is empty");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield new JsonValue(members);
            }
            case START_ARRAY -> {
                List<JsonValue> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                yield new JsonValue(elements);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> new JsonValue(parser.getBooleanValue());
            case VALUE_NULL -> ABSENT;
            default -> new JsonValue(parser.getText());
        };
    }

    /** What the members of these names lead to, one after the other. */
    public JsonValue at(String... names) {
        JsonValue now = this;
        for (String name : names) {
            now = now.value instanceof Map<?, ?> members && members.get(name) instanceof JsonValue next ? next : ABSENT;
        }
        return now;
    }

    public List<JsonValue> list() {
        List<JsonValue> elements = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(each -> elements.add((JsonValue) each));
        }
        return elements;
    }

    /** The text of the member; empty if it is none. */
    public String text(String name) {
        return at(name).text();
    }

    public String text() {
        return value instanceof String text ? text : "";
    }

    public double number(String... names) {
        return at(names).value instanceof Double number ? number : 0;
    }

    public boolean is(String name) {
        return Boolean.TRUE.equals(at(name).value);
    }

    /** As JSON again, on one line. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(JsonGenerator json) throws IOException {
        if (value instanceof Map<?, ?> members) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                json.writeFieldName(String.valueOf(member.getKey()));
                ((JsonValue) member.getValue()).write(json);
            }
            json.writeEndObject();
        } else if (value instanceof List<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                ((JsonValue) element).write(json);
            }
            json.writeEndArray();
        } else if (value instanceof Double number) {
            if (number == Math.rint(number) && Math.abs(number) < 1e15) {
                json.writeNumber(number.longValue());
            } else {
                json.writeNumber(number);
            }
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    /** Whether there is something. */
    public boolean isPresent() {
        return value != null;
    }
}
