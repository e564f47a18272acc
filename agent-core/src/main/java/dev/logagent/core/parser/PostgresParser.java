package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** PostgreSQL's log with the prefix of Debian, {@code %m [%p] %q%u@%d}, or the built-in one, {@code %m [%p]}. */
final class PostgresParser implements LineParser {

    private static final int LONGEST_SEVERITY = 10;

    @Override
    public boolean parse(Line line) {
        if (!Bytes.isDigit(line.peek(0)) || !line.time() || !line.skip(' ')) {
            return false;
        }
        // An abbreviation that means several zones: then it is that of the source.
        if (isUpper(line.peek(0)) && !line.word()) {
            return false;
        }
        if (!line.between('[', ']') || !Bytes.isDigit(line.bytes()[line.from()])) {
            return false;
        }
        int dash = Bytes.indexOf(line.bytes(), line.from(), line.to(), '-');
        line.piece(line.from(), dash < 0 ? line.to() : dash);
        line.putNumber(Field.PID);
        line.skip(':');
        line.skipSpaces();
        if (!severity(line)) {
            if (!session(line)) {
                return false;
            }
            line.between('[', ']'); // "[local]", "[unknown]"
            line.skipSpaces();
            if (!severity(line)) {
                return false;
            }
        }
        line.skipSpaces();
        return line.rest().putMessage();
    }

    /** {@code LOG:}, {@code ERROR:}. */
    private static boolean severity(Line line) {
        int colon = Bytes.indexOf(line.bytes(), line.at(), Math.min(line.end(), line.at() + LONGEST_SEVERITY), ':');
        if (colon < 0 || !isUpper(line.peek(0))) {
            return false;
        }
        line.piece(line.at(), colon);
        boolean isDetail = line.is("STATEMENT") || line.is("CONTEXT") || line.is("QUERY") || line.is("LOCATION");
        if (!line.level() && !isDetail) {
            return false;
        }
        line.at(colon + 1);
        return true;
    }

    private static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    /** {@code user@database}, and whatever else the prefix holds before the severity. */
    private static boolean session(Line line) {
        if (!line.word()) {
            return false;
        }
        int start = line.from();
        int end = line.to();
        int sign = Bytes.indexOf(line.bytes(), start, end, '@');
        if (sign < 0) {
            return false;
        }
        line.piece(start, sign);
        line.put(Field.USER);
        line.piece(sign + 1, end);
        line.put(Field.DATABASE);
        return true;
    }
}
