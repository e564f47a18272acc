package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** Lines that begin with a level: {@code WARNING:root:message} of Python, {@code INFO:     message} of uvicorn, {@code INFO: message}. */
final class LevelFirstParser implements LineParser {

    private static final int SHORTEST_LEVEL = 4;

    @Override
    public boolean parse(Line line) {
        int first = line.peek(0);
        if (first < 'A' || first > 'Z' || !line.until(':')) {
            return false;
        }
        if (line.to() - line.from() < SHORTEST_LEVEL || !line.level()) {
            return false;
        }
        int message = line.at();
        if (line.peek(0) != ' ' && line.until(':') && isName(line)) {
            line.put(Field.LOGGER);
        } else {
            line.at(message);
            line.skipSpaces();
        }
        return line.rest().putMessage();
    }

    private static boolean isName(Line line) {
        return Bytes.indexOf(line.bytes(), line.from(), line.to(), ' ') < 0 && PrefixParser.isLogger(line, false);
    }
}
