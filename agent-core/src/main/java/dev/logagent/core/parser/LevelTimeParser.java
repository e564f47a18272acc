package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** A level before the time: {@code INFO  [main] 2026-01-31 23:59:59,123 message}. */
final class LevelTimeParser implements LineParser {

    private static final int SHORTEST_LEVEL = 4;
    private static final int LONGEST_LEVEL = 8;

    @Override
    public boolean parse(Line line) {
        int start = line.at();
        int stop = start;
        while (stop < line.end() && stop - start <= LONGEST_LEVEL && Bytes.isLetter(line.bytes()[stop])) {
            stop++;
        }
        line.piece(start, stop);
        line.at(stop);
        if (stop - start < SHORTEST_LEVEL || line.peek(0) != ' ' || !line.level()) {
            return false;
        }
        line.skipSpaces();
        if (line.between('[', ']')) {
            line.put(Field.THREAD);
            line.skipSpaces();
        }
        if (!line.time()) {
            return false;
        }
        line.skipSpaces();
        return line.rest().putMessage();
    }
}
