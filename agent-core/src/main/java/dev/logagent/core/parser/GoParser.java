package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** Go's {@code log} package, and what zap and logrus write to a console. klog and logfmt have parsers of their own. */
final class GoParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        return line.peek(4) == '/' ? standard(line) : Bytes.isLetter(line.peek(0)) ? logrus(line) : zap(line);
    }

    /** {@code WARN[0042] message}, {@code INFO[2026-01-31T23:59:59Z] message}. */
    private static boolean logrus(Line line) {
        if (line.peek(4) != '[' || !line.until('[') || !line.level() || !(line.time() || line.digits())) {
            return false;
        }
        if (!line.skip(']')) {
            return false;
        }
        line.skipSpaces();
        return line.rest().putMessage();
    }

    /** {@code 2009/11/10 23:00:00.000000 main.go:12: message}, all but the date and the time optional. */
    private static boolean standard(Line line) {
        if (!line.time() || !line.skip(' ')) {
            return false;
        }
        int start = line.at();
        if (line.word() && line.bytes()[line.to() - 1] == ':' && isGoFile(line)) {
            line.piece(start, line.to() - 1);
            line.put(Field.CALLER);
            start = line.at();
        }
        line.at(start);
        level(line);
        line.piece(start, line.end());
        return line.putMessage();
    }

    private static boolean isGoFile(Line line) {
        for (int i = line.from(); i + 4 <= line.to(); i++) {
            if (Bytes.startWith(line.bytes(), i, line.to(), ".go:")) {
                return true;
            }
        }
        return false;
    }

    /** Many programs begin their messages with one: {@code [ERROR]}, {@code ERROR:}, {@code INFO}. */
    private static void level(Line line) {
        if (line.between('[', ']')) {
            line.level();
        } else if (line.word()) {
            boolean colon = line.to() - line.from() > 1 && line.bytes()[line.to() - 1] == ':';
            line.piece(line.from(), colon ? line.to() - 1 : line.to());
            if (line.to() - line.from() > 2 && line.bytes()[line.from() + 1] < 'a') {
                line.level();
            }
        }
    }

    /** {@code 2026-01-31T23:59:59.123Z<tab>INFO<tab>logger<tab>pkg/file.go:12<tab>message<tab>{"key": 1}}. */
    private static boolean zap(Line line) {
        if (!Bytes.isDigit(line.peek(0)) || !line.time() || !line.skip('\t') || !line.until('\t') || !line.level()) {
            return false;
        }
        int start = line.at();
        while (line.until('\t')) {
            boolean caller = isGoFile(line);
            if (!caller && Bytes.indexOf(line.bytes(), line.from(), line.to(), ' ') >= 0) {
                line.at(line.from());
                break;
            }
            if (caller) {
                line.put(Field.CALLER);
                start = line.at();
                break;
            }
            line.put(Field.LOGGER);
            start = line.at();
        }
        line.at(start);
        int end = line.end();
        if (line.until("\t{")) {
            end = line.to();
            fields(line);
        }
        line.piece(start, end);
        return line.putMessage();
    }

    private static void fields(Line line) {
        int open = line.at() - 1;
        int close = JsonScanner.value(line.bytes(), open, line.end());
        if (close == line.end()) {
            line.found().json(FIELDS, 0, FIELDS.length, line.bytes(), open, close);
        }
    }

    private static final byte[] FIELDS = {'f', 'i', 'e', 'l', 'd', 's'};
}
