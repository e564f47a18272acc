package dev.logagent.core.parser;

import dev.logagent.api.Field;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. Values stay as they are written; known keys say what is the time, the level, the message. */
final class JsonParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        byte[] bytes = line.bytes();
        int end = line.end();
        int at = JsonScanner.skipSpace(bytes, line.at(), end);
        if (at >= end || bytes[at] != '{') {
            return false;
        }
        at = JsonScanner.skipSpace(bytes, at + 1, end);
        int status = 0;
        int statusEnd = 0;
        while (at < end && bytes[at] == '"') {
            int key = at + 1;
            int keyEnd = JsonScanner.string(bytes, at, end) - 1;
            if (keyEnd < 0) {
                return false;
            }
            at = JsonScanner.skipSpace(bytes, keyEnd + 1, end);
            if (at >= end || bytes[at] != ':') {
                return false;
            }
            int value = JsonScanner.skipSpace(bytes, at + 1, end);
            int valueEnd = JsonScanner.value(bytes, value, end);
            if (valueEnd == JsonScanner.INVALID) {
                return false;
            }
            Role role = Role.of(bytes, key, keyEnd);
            put(line, role, bytes, key, keyEnd, value, valueEnd);
            if (role == Role.STATUS) {
                int quote = bytes[value] == '"' ? 1 : 0;
                status = value + quote;
                statusEnd = valueEnd - quote;
            }
            at = JsonScanner.skipSpace(bytes, valueEnd, end);
            if (at >= end || bytes[at] != ',') {
                break;
            }
            at = JsonScanner.skipSpace(bytes, at + 1, end);
            if (at >= end || bytes[at] != '"') {
                return false;
            }
        }
        Structured.levelOfStatus(line, status, statusEnd);
        return at < end && bytes[at] == '}' && JsonScanner.skipSpace(bytes, at + 1, end) == end;
    }

    private static void put(
            Line line, @Nullable Role role, byte[] bytes, int key, int keyEnd, int value, int valueEnd) {
        boolean isText = bytes[value] == '"';
        boolean isNested = bytes[value] == '{' || bytes[value] == '[';
        if (isText && Structured.text(line, role, bytes, value + 1, valueEnd - 1, true)) {
            return;
        }
        if (!isText && !isNested && number(line, role, bytes, value, valueEnd)) {
            return;
        }
        if (bytes[value] == '{') {
            JsonObjects.read(line, bytes, key, keyEnd, value, valueEnd);
        }
        Field field = isNested ? null : Structured.field(role);
        if (field == null) {
            line.found().json(bytes, key, keyEnd, bytes, value, valueEnd);
        } else {
            line.found().json(field, bytes, value, valueEnd);
        }
    }

    private static boolean number(Line line, @Nullable Role role, byte[] bytes, int start, int end) {
        return (role == Role.TIME || role == Role.LEVEL) && Structured.text(line, role, bytes, start, end, false);
    }
}
