package dev.logagent.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.Bookmarks;
import dev.logagent.core.ack.Bookmarks.Bookmark;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.FilePosition.Sighting;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.ack.Positions.SourceTimes;
import dev.logagent.core.discovery.Fingerprint;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What is remembered of a file or a source, as a JSON object without newlines. */
final class PositionJson {

    private static final JsonFactory JSON = new JsonFactory();

    // There may be 100,000 files: what is the same for all of them is made once.
    private static final byte[] OFFSET = key("offset");
    private static final byte[] READ = key("read");
    private static final byte[] GENERATION = key("generation");
    private static final byte[] BIRTH_NS = key("birth_ns");
    private static final byte[] MODIFIED_NS = key("modified_ns");
    private static final byte[] SEALED_NS = key("sealed_ns");
    private static final byte[] HEAD_BYTES = key("head_bytes");
    private static final byte[] MARKER_BYTES = key("marker_bytes");
    private static final byte[] SEEN_MS = key("seen_ms");
    private static final byte[] STARTED_MS = key("started_ms");
    private static final byte[] SCANNED_MS = key("scanned_ms");

    private PositionJson() {}

    static void write(FilePosition file, JsonBuffer out) {
        Position position = file.acks().position();
        Bookmarks bookmarks = file.bookmarks();
        Bookmark place = bookmarks == null ? null : bookmarks.at(position.offset());
        Sighting sighting = file.sighting();
        out.raw(JsonBuffer.ascii("{\"source\":")).string(file.source());
        out.member("path", sighting.path());
        number(OFFSET, place == null ? position.offset() : place.offset(), out);
        number(READ, file.readOffset(), out);
        out.member("lineage", Long.toHexString(file.lineage()));
        number(GENERATION, file.generation(), out);
        out.member("key", sighting.key());
        number(BIRTH_NS, sighting.birthNanos(), out);
        number(MODIFIED_NS, sighting.modifiedNanos(), out);
        if (sighting.seal() != Sighting.UNSEALED) {
            number(SEALED_NS, sighting.seal(), out);
        }
        number(HEAD_BYTES, sighting.head().length(), out);
        out.member("head", Long.toHexString(sighting.head().hash()));
        number(MARKER_BYTES, position.marker().length(), out);
        out.member("marker", Long.toHexString(position.marker().hash()));
        number(SEEN_MS, sighting.seenMillis(), out);
        // Older agents pass it over: to them the stream is a file that is gone.
        out.member("cursor", place == null ? null : place.cursor());
        out.raw('}');
    }

    static void write(SourceTimes source, JsonBuffer out) {
        out.raw(JsonBuffer.ascii("{\"source\":")).string(source.source());
        number(STARTED_MS, source.startedMillis(), out);
        if (source.scannedMillis() != SourceTimes.NEVER) {
            number(SCANNED_MS, source.scannedMillis(), out);
        }
        out.raw('}');
    }

    private static byte[] key(String name) {
        return JsonBuffer.ascii(",\"" + name + "\":");
    }

    private static void number(byte[] key, long value, JsonBuffer out) {
        out.raw(key).raw(JsonBuffer.ascii(Long.toString(value)));
    }

    /** The members of the object in {@code bytes[from .. to)}, all as text. */
    static Map<String, String> fields(byte[] bytes, int from, int to) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a line is not an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
        }
        return fields;
    }

    /**
     * Takes over what is said of a file or a source, unless more of the file is known to be delivered already.
     *
     * @param scansCount whether a source's folders count as looked through because it is said here: only where everything
     *     that was found is known as well
     */
    static void addTo(Positions positions, Map<String, String> fields, boolean scansCount) throws IOException {
        if (!fields.containsKey("started_ms")) {
            FilePosition file = file(fields);
            FilePosition known = positions.find(file.source(), file.lineage());
            if (known == null
                    || known.acks().position().offset()
                            <= file.acks().position().offset()) {
                positions.replace(file);
            }
            return;
        }
        String source = text(fields, "source");
        positions.markStarted(source, number(fields, "started_ms"));
        if (scansCount && fields.containsKey("scanned_ms")) {
            positions.markScanned(source, number(fields, "scanned_ms"));
        }
    }

    private static FilePosition file(Map<String, String> fields) throws IOException {
        Sighting sighting = new Sighting(
                text(fields, "path"),
                text(fields, "key"),
                number(fields, "birth_ns"),
                number(fields, "modified_ns"),
                fields.containsKey("sealed_ns") ? number(fields, "sealed_ns") : Sighting.UNSEALED,
                fingerprint(fields, "head"),
                number(fields, "seen_ms"));
        if (fields.containsKey("cursor")) {
            return FilePosition.ofStream(
                    text(fields, "source"),
                    hash(fields, "lineage"),
                    (int) number(fields, "generation"),
                    sighting,
                    new Bookmark(number(fields, "offset"), text(fields, "cursor")));
        }
        FilePosition file = new FilePosition(
                text(fields, "source"),
                hash(fields, "lineage"),
                (int) number(fields, "generation"),
                sighting,
                new Position(number(fields, "offset"), fingerprint(fields, "marker")));
        if (fields.containsKey("read")) {
            file.readTo(number(fields, "read"));
        }
        return file;
    }

    private static Fingerprint fingerprint(Map<String, String> fields, String name) throws IOException {
        return new Fingerprint((int) number(fields, name + "_bytes"), hash(fields, name));
    }

    static long number(Map<String, String> fields, String name) throws IOException {
        try {
            return Long.parseLong(text(fields, name));
        } catch (NumberFormatException e) {
            throw new IOException("a field is not a number: " + e.getMessage(), e);
        }
    }

    private static long hash(Map<String, String> fields, String name) throws IOException {
        try {
            return Long.parseUnsignedLong(text(fields, name), 16);
        } catch (NumberFormatException e) {
            throw new IOException("a field is not a number: " + e.getMessage(), e);
        }
    }

    private static String text(Map<String, String> fields, String name) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("a line has no '" + name + "'");
        }
        return value;
    }
}
