package dev.logagent.core.parser;

import dev.logagent.api.Field;
import org.jspecify.annotations.Nullable;

/** Pairs as Go programs write them: {@code time=… level=info msg="two words" flag}. */
final class LogfmtParser implements LineParser {

    /** One pair alone may stand in any sentence. */
    private static final int LEAST_PAIRS = 2;

    @Override
    public boolean parse(Line line) {
        int pairs = 0;
        int status = 0;
        int statusEnd = 0;
        while (!line.isAtEnd()) {
            line.skipSpaces();
            int key = line.at();
            while (Bytes.isNamePart(line.peek(0))) {
                line.at(line.at() + 1);
            }
            int keyEnd = line.at();
            if (keyEnd == key) {
                break;
            }
            if (!line.skip('=')) {
                if (pairs == 0 || (!line.isAtEnd() && line.peek(0) != ' ')) {
                    return false;
                }
                continue; // a flag
            }
            if (!line.quoted()) {
                if (line.peek(0) == '"') {
                    return false;
                }
                int start = line.at();
                while (!line.isAtEnd() && line.peek(0) != ' ') {
                    line.at(line.at() + 1);
                }
                line.piece(start, line.at());
            }
            Role role = Role.of(line.bytes(), key, keyEnd);
            if (role == Role.STATUS) {
                status = line.from();
                statusEnd = line.to();
            }
            put(line, role, key, keyEnd);
            pairs++;
        }
        Structured.levelOfStatus(line, status, statusEnd);
        return line.isAtEnd() && pairs >= LEAST_PAIRS;
    }

    private static void put(Line line, @Nullable Role role, int key, int keyEnd) {
        byte[] bytes = line.bytes();
        boolean isJson = isEscapedText(line);
        if (Structured.text(line, role, bytes, line.from(), line.to(), isJson)) {
            return;
        }
        Field field = Structured.field(role);
        int from = isJson ? line.from() - 1 : line.from();
        int to = isJson ? line.to() + 1 : line.to();
        if (isJson) {
            if (field == null) {
                line.found().json(bytes, key, keyEnd, bytes, from, to);
            } else {
                line.found().json(field, bytes, from, to);
            }
        } else if (field == null) {
            line.found().text(bytes, key, keyEnd, bytes, from, to);
        } else {
            line.found().number(field, bytes, from, to);
        }
    }

    /** Whether the piece was quoted and holds escapes that JSON knows as well. */
    private static boolean isEscapedText(Line line) {
        return line.from() > 0
                && line.bytes()[line.from() - 1] == '"'
                && Bytes.indexOf(line.bytes(), line.from(), line.to(), '\\') >= 0
                && JsonScanner.string(line.bytes(), line.from() - 1, line.to() + 1) == line.to() + 1;
    }
}
