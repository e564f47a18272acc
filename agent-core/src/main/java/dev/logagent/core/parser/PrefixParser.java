package dev.logagent.core.parser;

import dev.logagent.api.Field;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the usual patterns of logback, log4j, java.util.logging and Python's logging put before the message: a time, and
 * in any order a level, a thread in brackets, a logger, a process, trace ids. Without a time and a level it is not one.
 */
final class PrefixParser implements LineParser {

    /** No pattern has more parts. */
    private static final int MOST_PARTS = 14;

    private static final byte[] MAIN = {'m', 'a', 'i', 'n'};

    @Override
    public boolean parse(Line line) {
        boolean bracket = line.skip('[');
        if (!line.time()) {
            return false;
        }
        if (bracket && line.skip(": ")) {
            return celery(line);
        }
        if (bracket && !line.skip(']')) {
            return false;
        }
        return new Parts(line).parse() || julian(line);
    }

    /** {@code [2026-01-31 23:59:59,123: INFO/MainProcess] message}. */
    private static boolean celery(Line line) {
        if (!line.until('/') || !line.level() || !line.until(']')) {
            return false;
        }
        line.put(Field.THREAD);
        line.skip(' ');
        return line.rest().putMessage();
    }

    /** Two lines of java.util.logging: the class and the method stand after the time, the level begins the second line. */
    private static boolean julian(Line line) {
        line.again();
        if (!line.time() || !line.skip(' ') || !line.word() || !isLogger(line, false)) {
            return false;
        }
        line.put(Field.LOGGER);
        if (!line.until('\n')) {
            return false;
        }
        line.put(Field.FUNCTION);
        if (!line.until(": ") || !line.level()) {
            return false;
        }
        return line.rest().putMessage();
    }

    /** A name with dots, each part of which begins like a name; a vague one must look like a class as well. */
    static boolean isLogger(Line line, boolean vague) {
        byte[] bytes = line.bytes();
        int dots = 0;
        boolean first = true;
        boolean upper = false;
        for (int i = line.from(); i < line.to(); i++) {
            byte b = bytes[i];
            if (b == '.') {
                if (first) {
                    return false;
                }
                dots++;
                first = true;
            } else if (first && !Bytes.isLetter(b) && b != '_') {
                return false;
            } else if (!Bytes.isNamePart(b) && b != '$' && b != '[' && b != ']') {
                return false;
            } else {
                upper = first ? b <= 'Z' : upper;
                first = false;
            }
        }
        return !first && (!vague || dots > 1 || (dots == 1 && upper));
    }

    /** The parts of one line, until the message begins. */
    private static final class Parts {

        private final Line line;
        private boolean level;
        private boolean logger;
        private boolean bareLogger;
        private int thread = -1;
        private int threadEnd;
        private boolean done;

        Parts(Line line) {
            this.line = line;
        }

        boolean parse() {
            int message = line.at();
            for (int i = 0; i < MOST_PARTS && !done && !line.isAtEnd(); i++) {
                line.skipSpaces();
                message = line.at();
                if (!part()) {
                    line.at(message);
                    break;
                }
                line.skipSpaces();
                message = line.at();
            }
            if (!level) {
                return false;
            }
            if (thread >= 0) {
                line.piece(thread, threadEnd);
                line.put(Field.THREAD);
            }
            line.piece(message, line.end());
            return line.putMessage();
        }

        private boolean part() {
            int c = line.peek(0);
            if (c == '[' || c == '(' || c == '{') {
                return enclosed(c == '[' ? ']' : c == '(' ? ')' : '}');
            }
            if (line.skip("--- ")) {
                return true;
            }
            if (line.skip("- ") || line.skip(": ") || line.skip("| ") || line.skip("-- ")) {
                done = level && logger;
                return true;
            }
            return line.word() && wordPart();
        }

        private boolean enclosed(char close) {
            char open = (char) line.peek(0);
            if (!line.between(open, close)) {
                return false;
            }
            trim();
            int from = line.from();
            int to = line.to();
            if (from == to) {
                return true;
            }
            if (!level && line.level()) {
                level = true;
            } else if (isCaller()) {
                line.put(Field.CALLER);
            } else if (traces(from, to)) {
                return true;
            } else if (!logger && level && open == '[' && isLogger(line, true)) {
                line.put(Field.LOGGER);
                logger = true;
            } else if (!level && line.value() >= 0) {
                line.putNumber(Field.PID);
            } else if (level && !prefixGoesOn() && !isThread(from, to)) {
                return false;
            } else {
                thread = from;
                threadEnd = to;
            }
            return true;
        }

        /** Whether what follows a bracket after the level still is no message. */
        private boolean prefixGoesOn() {
            if (logger) {
                return line.skip(" - ") || line.peek(1) == '(' || threadless();
            }
            int before = line.at();
            line.skipSpaces();
            int c = line.peek(0);
            boolean goesOn = c == '['
                    || c == '('
                    || c == '-'
                    || c == ':'
                    || (line.word() && (isLogger(line, true) || line.bytes()[line.to() - 1] == ':'));
            line.at(before);
            return goesOn;
        }

        /** What log4j's usual pattern has between the logger and the message: {@code main}, {@code pool-1-thread-2}. */
        private boolean isThread(int from, int to) {
            return bareLogger && thread < 0 && looksLikeThread(from, to);
        }

        private boolean looksLikeThread(int from, int to) {
            byte[] bytes = line.bytes();
            int digits = to;
            while (digits > from && Bytes.isDigit(bytes[digits - 1])) {
                digits--;
            }
            boolean isNumbered = digits < to && digits > from && bytes[digits - 1] == '-';
            boolean isMain = to - from == MAIN.length && Arrays.mismatch(bytes, from, to, MAIN, 0, MAIN.length) < 0;
            return (isMain || isNumbered) && Bytes.indexOf(bytes, from, to, ' ') < 0;
        }

        private boolean threadless() {
            return thread < 0 && line.bytes()[line.to()] == ')';
        }

        private boolean isCaller() {
            int colon = Bytes.indexOf(line.bytes(), line.from(), line.to(), ':');
            return colon > 0
                    && colon + 1 < line.to()
                    && Bytes.isDigit(line.bytes()[colon + 1])
                    && Bytes.indexOf(line.bytes(), line.from(), colon, '.') > 0
                    && Bytes.indexOf(line.bytes(), line.from(), line.to(), ' ') < 0;
        }

        private void trim() {
            int from = line.from();
            int to = line.to();
            while (from < to && line.bytes()[from] == ' ') {
                from++;
            }
            while (to > from && line.bytes()[to - 1] == ' ') {
                to--;
            }
            line.piece(from, to);
        }

        private boolean wordPart() {
            int from = line.from();
            int to = line.to();
            boolean colon = line.bytes()[to - 1] == ':' && to - from > 1;
            if (!level) {
                line.piece(from, colon ? to - 1 : to);
                if (line.level()) {
                    level = true;
                    return true;
                }
                return name(from, to);
            }
            if (line.value() >= 0 && line.startsWith("---")) {
                line.putNumber(Field.PID);
                return true;
            }
            if (traces(from, to)) {
                return true;
            }
            if (logger) {
                return false;
            }
            boolean separated = line.startsWith("- ") || line.startsWith("-- ") || line.startsWith(": ");
            line.piece(from, colon ? to - 1 : to);
            boolean clear = colon || (separated && (line.startsWith(": ") || isDistinct(from, to)));
            if (!isLogger(line, !clear)) {
                return false;
            }
            line.put(Field.LOGGER);
            logger = true;
            bareLogger = true;
            done = colon;
            return true;
        }

        private boolean isDistinct(int from, int to) {
            return Bytes.indexOf(line.bytes(), from, to, '.') > 0 || Bytes.indexOf(line.bytes(), from, to, '_') >= 0;
        }

        /** A logger before the level: {@code time - name - LEVEL - message}; {@code time name [7]: LEVEL message}; or a thread. */
        private boolean name(int from, int to) {
            if (thread < 0 && looksLikeThread(from, to)) {
                thread = from;
                threadEnd = to;
                return true;
            }
            int after = line.at();
            boolean isProcess = line.between('[', ']') && line.value() >= 0 && line.skip(": ");
            if (isProcess) {
                line.putNumber(Field.PID);
            } else {
                line.at(after);
            }
            line.piece(from, to);
            if (logger || !(isProcess || line.startsWith("- ")) || !isLogger(line, false)) {
                return false;
            }
            line.put(Field.LOGGER);
            logger = true;
            return true;
        }

        /** {@code trace_id=… span_id=…}, or {@code app,<trace>,<span>}, or {@code <trace>-<span>} as Spring writes. */
        private boolean traces(int from, int to) {
            boolean any = false;
            int at = from;
            while (at < to) {
                int stop = at;
                while (stop < to && line.bytes()[stop] != ' ' && line.bytes()[stop] != ',') {
                    stop++;
                }
                any |= pair(at, stop) || ids(at, stop);
                at = stop + 1;
            }
            return any;
        }

        private boolean pair(int from, int to) {
            int equals = Bytes.indexOf(line.bytes(), from, to, '=');
            Role role = equals < 0 ? null : Role.of(line.bytes(), from, equals);
            @Nullable Field field = role == null ? null : role.field();
            if (field == null) {
                return false;
            }
            line.piece(equals + 1, to);
            line.put(field);
            return true;
        }

        private boolean ids(int from, int to) {
            int length = to - from;
            if (isHex(from, to, 32) || isHex(from, to, 16)) {
                line.piece(from, to);
                line.put(length == 32 ? Field.TRACE_ID : Field.SPAN_ID);
                return true;
            }
            int dash = Bytes.indexOf(line.bytes(), from, to, '-');
            if (dash > 0 && isHex(from, dash, 32) && isHex(dash + 1, to, 16)) {
                line.piece(from, dash);
                line.put(Field.TRACE_ID);
                line.piece(dash + 1, to);
                line.put(Field.SPAN_ID);
                return true;
            }
            return false;
        }

        private boolean isHex(int from, int to, int length) {
            if (to - from != length) {
                return false;
            }
            for (int i = from; i < to; i++) {
                if (Character.digit(line.bytes()[i], 16) < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
