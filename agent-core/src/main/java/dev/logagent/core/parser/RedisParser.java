package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;

/** Redis and Valkey: {@code 24201:M 31 Jan 2026 23:59:59.123 * message}. */
final class RedisParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        if (!line.digits() || line.peek(0) != ':' || !Bytes.isLetter(line.peek(1)) || line.peek(2) != ' ') {
            return false;
        }
        line.putNumber(Field.PID);
        line.at(line.at() + 3);
        if (!line.time() || !line.skip(' ') || line.peek(1) != ' ') {
            return false;
        }
        Level level = switch (line.peek(0)) {
            case '.' -> Level.TRACE;
            case '-' -> Level.DEBUG;
            case '*' -> Level.INFO;
            case '#' -> Level.WARNING;
            default -> null;
        };
        if (level == null) {
            return false;
        }
        line.found().level(level);
        line.at(line.at() + 2);
        return line.rest().putMessage();
    }
}
