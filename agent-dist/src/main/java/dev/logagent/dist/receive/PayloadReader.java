package dev.logagent.dist.receive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the two payload formats, batch and event lines, and tells them apart by their keys. Stateless. */
final class PayloadReader {

    private static final JsonFactory JSON = new JsonFactory();

    private PayloadReader() {}

    /**
     * The events of a payload, in order.
     *
     * @throws IOException with the reason, if it is neither a batch nor event lines
     */
    static List<ReceivedEvent> read(byte[] body) throws IOException {
        List<ReceivedEvent> events = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new IOException("expected a JSON object, found " + parser.currentToken());
                }
                Map<String, Object> object = object(parser);
                if (object.containsKey("sources")) {
                    addBatch(object, events);
                } else if (object.containsKey("message") || object.containsKey("raw")) {
                    events.add(event(object));
                } else {
                    throw new IOException(
                            "neither a batch (no 'sources') nor an event (no 'message'): keys " + object.keySet());
                }
            }
        }
        return events;
    }

    private static void addBatch(Map<String, Object> batch, List<ReceivedEvent> events) throws IOException {
        String agent = required(batch, "agentName");
        for (Map<?, ?> source : objects(batch, "sources")) {
            String name = required(source, "sourceName");
            for (Map<?, ?> log : objects(source, "logs")) {
                Map<String, Object> stored = new LinkedHashMap<>();
                stored.put("agentName", agent);
                stored.put("sourceName", name);
                log.forEach((key, value) -> stored.put(String.valueOf(key), value));
                events.add(new ReceivedEvent(
                        name, text(log, "timestamp"), text(log, "level"), required(log, "data"), write(stored)));
            }
        }
    }

    private static ReceivedEvent event(Map<String, Object> event) throws IOException {
        String line = event.containsKey("raw") ? text(event, "raw") : text(event, "message");
        return new ReceivedEvent(
                text(event, "source"), text(event, "timestamp"), text(event, "level"), line, write(event));
    }

    private static List<Map<?, ?>> objects(Map<?, ?> parent, String key) throws IOException {
        if (!(parent.get(key) instanceof List<?> elements)) {
            throw new IOException("'" + key + "' must be a list");
        }
        List<Map<?, ?>> objects = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?> object)) {
                throw new IOException("'" + key + "' must hold objects");
            }
            objects.add(object);
        }
        return objects;
    }

    private static String required(Map<?, ?> object, String key) throws IOException {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw new IOException("'" + key + "' must be a string");
    }

    private static String text(Map<?, ?> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            object.put(key, value(parser));
        }
        return object;
    }

    /** Strings, numbers, booleans, lists and maps; null becomes the string {@code null}. */
    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> parser.getText();
        };
    }

    private static String write(Map<String, Object> object) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(object, generator);
        }
        return text.toString();
    }

    private static void write(Object value, JsonGenerator generator) throws IOException {
        if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                write(entry.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(element, generator);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.toString());
        } else {
            generator.writeString(String.valueOf(value));
        }
    }
}
