package dev.logagent.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the log lines in a payload, whether it is a batch or one event a line. */
final class PayloadLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PayloadLines() {}

    /** The lines of one source, in order. */
    static List<String> of(byte[] payload, String sourceName) {
        List<String> lines = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                JSON.readerFor(JsonNode.class).readValues(payload)) {
            while (documents.hasNextValue()) {
                add(documents.nextValue(), sourceName, lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the payload is not JSON", e);
        }
        return lines;
    }

    private static void add(JsonNode document, String sourceName, List<String> lines) {
        if (sourceName.equals(document.path("source").asText())) {
            lines.add(document.path("raw").asText());
        }
        for (JsonNode source : document.path("sources")) {
            if (sourceName.equals(source.path("sourceName").asText())) {
                source.path("logs").forEach(log -> lines.add(log.path("data").asText()));
            }
        }
    }
}
