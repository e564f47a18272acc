package dev.logagent.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.FilePosition.Sighting;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.discovery.Fingerprint;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Positions as text: a first line with the version, a JSON object a line for the number of the save, each started source and each file, and a
 * last line with the CRC-32C of all bytes before it. A person can read it; any damage shows.
 */
final class CheckpointFormat {

    private static final String NAME = "log-agent checkpoint ";
    private static final int VERSION = 1;
    private static final String CHECKSUM = "crc32c ";
    private static final JsonFactory JSON = new JsonFactory();

    private CheckpointFormat() {}

    /**
     * Positions as they were saved.
     *
     * @param number counts the saves, so that the newest of several files can be told
     */
    record Saved(Positions positions, long number) {}

    static byte[] write(Positions positions, long number) throws IOException {
        StringWriter text = new StringWriter();
        text.append(NAME).append(Integer.toString(VERSION)).append('\n');
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.setRootValueSeparator(null);
            json.writeStartObject();
            json.writeNumberField("number", number);
            json.writeEndObject();
            json.writeRaw('\n');
            for (Map.Entry<String, Long> started : positions.started().entrySet()) {
                json.writeStartObject();
                json.writeStringField("source", started.getKey());
                json.writeNumberField("started_ms", started.getValue());
                json.writeEndObject();
                json.writeRaw('\n');
            }
            for (FilePosition file : positions.all()) {
                write(file, json);
                json.writeRaw('\n');
            }
        }
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] end = (CHECKSUM + Long.toHexString(checksum(body, body.length)) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] whole = java.util.Arrays.copyOf(body, body.length + end.length);
        System.arraycopy(end, 0, whole, body.length, end.length);
        return whole;
    }

    private static void write(FilePosition file, JsonGenerator json) throws IOException {
        Position position = file.acks().position();
        Sighting sighting = file.sighting();
        json.writeStartObject();
        json.writeStringField("source", file.source());
        json.writeStringField("path", sighting.path());
        json.writeNumberField("offset", position.offset());
        json.writeStringField("lineage", Long.toHexString(file.lineage()));
        json.writeNumberField("generation", file.generation());
        json.writeStringField("key", sighting.key());
        json.writeNumberField("birth_ns", sighting.birthNanos());
        json.writeNumberField("modified_ns", sighting.modifiedNanos());
        json.writeNumberField("head_bytes", sighting.head().length());
        json.writeStringField("head", Long.toHexString(sighting.head().hash()));
        json.writeNumberField("marker_bytes", position.marker().length());
        json.writeStringField("marker", Long.toHexString(position.marker().hash()));
        json.writeNumberField("seen_ms", sighting.seenMillis());
        json.writeEndObject();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws NewerVersionException if a newer agent wrote it
     * @throws IOException if it is damaged, with the reason
     */
    static Saved read(byte[] bytes) throws IOException {
        int end = checkedLength(bytes);
        String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
        int firstLine = text.indexOf('\n');
        if (firstLine < 0 || !text.startsWith(NAME)) {
            throw new IOException("it does not begin with '" + NAME.strip() + "'");
        }
        checkVersion(text.substring(NAME.length(), firstLine));
        Positions positions = new Positions();
        long number = 0;
        for (String line : text.substring(firstLine + 1).split("\n", -1)) {
            if (!line.isEmpty()) {
                number += readLine(line, positions);
            }
        }
        return new Saved(positions, number);
    }

    private static void checkVersion(String version) throws IOException {
        try {
            if (Integer.parseInt(version) > VERSION) {
                throw new NewerVersionException(version);
            }
        } catch (NumberFormatException e) {
            throw new IOException("its version '" + version + "' is not a number", e);
        }
    }

    /** Takes a line's contents over. Gives the number if it is the line that holds it, else 0. */
    private static long readLine(String line, Positions positions) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a line is not an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
        }
        try {
            if (fields.containsKey("number")) {
                return Long.parseLong(field(fields, "number"));
            }
            if (fields.containsKey("started_ms")) {
                positions.markStarted(field(fields, "source"), Long.parseLong(field(fields, "started_ms")));
            } else {
                positions.add(file(fields));
            }
            return 0;
        } catch (NumberFormatException e) {
            throw new IOException("a field is not a number: " + e.getMessage(), e);
        }
    }

    private static FilePosition file(Map<String, String> fields) throws IOException {
        Sighting sighting = new Sighting(
                field(fields, "path"),
                field(fields, "key"),
                Long.parseLong(field(fields, "birth_ns")),
                Long.parseLong(field(fields, "modified_ns")),
                fingerprint(fields, "head"),
                Long.parseLong(field(fields, "seen_ms")));
        return new FilePosition(
                field(fields, "source"),
                Long.parseUnsignedLong(field(fields, "lineage"), 16),
                Integer.parseInt(field(fields, "generation")),
                sighting,
                new Position(Long.parseLong(field(fields, "offset")), fingerprint(fields, "marker")));
    }

    private static Fingerprint fingerprint(Map<String, String> fields, String name) throws IOException {
        return new Fingerprint(
                Integer.parseInt(field(fields, name + "_bytes")), Long.parseUnsignedLong(field(fields, name), 16));
    }

    private static String field(Map<String, String> fields, String name) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("a line has no '" + name + "'");
        }
        return value;
    }

    /** The length of the part that the checksum covers. */
    private static int checkedLength(byte[] bytes) throws IOException {
        int end = bytes.length;
        if (end == 0 || bytes[end - 1] != '\n') {
            throw new IOException("its end is missing");
        }
        int start = end - 1;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        String line = new String(bytes, start, end - 1 - start, StandardCharsets.UTF_8);
        if (!line.equals(CHECKSUM + Long.toHexString(checksum(bytes, start)))) {
            throw new IOException("its checksum does not match");
        }
        return start;
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    /** A newer agent wrote the file: older ones must not guess what it means. */
    static final class NewerVersionException extends IOException {

        private static final long serialVersionUID = 1L;

        NewerVersionException(String version) {
            super("it has version " + version + ", this agent reads up to " + VERSION);
        }
    }
}
