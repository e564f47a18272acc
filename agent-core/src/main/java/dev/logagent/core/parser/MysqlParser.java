package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;

/** The error log of MySQL and MariaDB: {@code 2026-01-31T23:59:59.123456Z 8 [Warning] [MY-010068] [Server] message}. */
final class MysqlParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        if (!Bytes.isDigit(line.peek(0)) || !line.time()) {
            return false;
        }
        line.skipSpaces();
        if (!line.digits() || !line.skip(' ')) {
            return false;
        }
        line.putNumber(Field.TID);
        if (!line.between('[', ']') || !level(line)) {
            return false;
        }
        line.skip(' ');
        if (line.startsWith("[MY-") && line.between('[', ']')) {
            line.put(Field.ERROR_CODE);
            line.skip(' ');
            if (line.between('[', ']')) {
                line.putComponent();
                line.skip(' ');
            }
        }
        return line.rest().putMessage();
    }

    private static boolean level(Line line) {
        if (line.is("Note") || line.is("System")) {
            line.found().level(Level.INFO);
            return true;
        }
        return line.level();
    }
}
