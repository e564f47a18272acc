package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.ParsedLines;
import org.jspecify.annotations.Nullable;

/**
 * What objects inside structured lines say where a path of two keys has a {@link Role}: {@code {"trace":{"id":…}}} of ECS,
 * {@code {"dd":{"trace_id":…}}}, MongoDB's {@code {"t":{"$date":…}}}, log4j's {@code {"instant":{"epochSecond":…}}}.
 */
final class JsonObjects {

    private static final KeyTable<Boolean> PARENTS = new KeyTable<>();

    static {
        for (String parent :
                new String[] {"t", "instant", "log", "service", "trace", "span", "dd", "host", "process"}) {
            PARENTS.put(parent, true);
        }
    }

    private static final String NANOS = "nanoOfSecond";

    private JsonObjects() {}

    /** Takes what it knows from the valid object {@code bytes[value .. valueEnd)}; all of it may go into the metadata as well. */
    static void read(Line line, byte[] bytes, int key, int keyEnd, int value, int valueEnd) {
        if (PARENTS.get(bytes, key, keyEnd) == null) {
            return;
        }
        byte[] path = new byte[keyEnd - key + 1 + valueEnd - value];
        System.arraycopy(bytes, key, path, 0, keyEnd - key);
        path[keyEnd - key] = '.';
        int at = JsonScanner.skipSpace(bytes, value + 1, valueEnd);
        while (at < valueEnd && bytes[at] == '"') {
            int inner = at + 1;
            int innerEnd = JsonScanner.string(bytes, at, valueEnd) - 1;
            int from = JsonScanner.skipSpace(bytes, JsonScanner.skipSpace(bytes, innerEnd + 1, valueEnd) + 1, valueEnd);
            int to = JsonScanner.value(bytes, from, valueEnd);
            System.arraycopy(bytes, inner, path, keyEnd - key + 1, innerEnd - inner);
            member(line, Role.of(path, 0, keyEnd - key + 1 + innerEnd - inner), bytes, from, to);
            if (Bytes.startWith(bytes, inner, innerEnd, NANOS)) {
                nanos(line, from, to);
            }
            at = JsonScanner.skipSpace(bytes, to, valueEnd);
            at = at < valueEnd && bytes[at] == ',' ? JsonScanner.skipSpace(bytes, at + 1, valueEnd) : valueEnd;
        }
    }

    private static void member(Line line, @Nullable Role role, byte[] bytes, int from, int to) {
        boolean isText = bytes[from] == '"';
        if (role == null || bytes[from] == '{' || bytes[from] == '[') {
            return;
        }
        Field field = role.field();
        if (field != null) {
            line.found().json(field, bytes, from, to);
        } else if (isText) {
            Structured.text(line, role, bytes, from + 1, to - 1, true);
        } else if (role == Role.TIME) {
            Structured.text(line, role, bytes, from, to, false);
        }
    }

    /** The fraction of a second beside its whole. */
    private static void nanos(Line line, int from, int to) {
        line.piece(from, to);
        int nanos = line.value();
        long time = line.found().time();
        if (nanos > 0 && time != ParsedLines.NO_TIME) {
            line.found().time(time - time % 1000 + nanos / 1_000_000);
        }
    }
}
