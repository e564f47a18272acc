package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;
import dev.logagent.api.ParsedLines;
import dev.logagent.api.ParsedLinesBuilder;
import org.jspecify.annotations.Nullable;

/** Puts the pairs of a structured line where they belong: what has a place in an event there, all else into the metadata. */
final class Structured {

    private static final int SECOND_DIGITS = 10;
    private static final int MILLI_DIGITS = 13;
    private static final int MICRO_DIGITS = 16;
    private static final int NANO_DIGITS = 19;

    private static final int LEAST_STATUS = 100;
    private static final int MOST_STATUS = 599;

    /** The length of a trace parent. */
    private static final int TRACE_PARENT = 55;

    /** The numbers that bunyan and pino use for levels. */
    private static final Level[] TENS = {
        Level.TRACE, Level.TRACE, Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR, Level.CRITICAL
    };

    private Structured() {}

    /**
     * Takes one pair whose value is a text, perhaps the inside of a JSON string.
     *
     * @return whether the name has a role that the value fits
     */
    static boolean text(Line line, @Nullable Role role, byte[] bytes, int start, int end, boolean isJson) {
        // Heroku's router calls a duration "service".
        boolean isDuration = role == Role.SERVICE && start < end && Bytes.isDigit(bytes[start]);
        if (role == null || isDuration || isTaken(line.found(), role)) {
            return false;
        }
        ParsedLinesBuilder found = line.found();
        switch (role) {
            case TIME -> found.time(time(line, bytes, start, end));
            case LEVEL -> level(line, bytes, start, end);
            case MESSAGE -> found.message(bytes, start, end, isJson);
            case SERVICE -> found.service(bytes, start, end, isJson);
            case COMPONENT -> found.component(bytes, start, end, isJson);
            case TRACE_PARENT -> traceParent(line, bytes, start, end);
            default -> {
                return false;
            }
        }
        return isTaken(found, role);
    }

    /** {@code 00-<trace>-<span>-01}, as the W3C has it. */
    private static void traceParent(Line line, byte[] bytes, int start, int end) {
        boolean fits = end - start >= TRACE_PARENT
                && bytes[start + 2] == '-'
                && bytes[start + 35] == '-'
                && bytes[start + 52] == '-';
        if (fits) {
            line.found().text(Field.TRACE_ID, bytes, start + 3, start + 35);
            line.found().text(Field.SPAN_ID, bytes, start + 36, start + 52);
        }
    }

    /** The first value of a role has its place, later ones go into the metadata. */
    private static boolean isTaken(ParsedLinesBuilder found, Role role) {
        return switch (role) {
            case TIME -> found.hasTime();
            case LEVEL -> found.hasLevel();
            case MESSAGE -> found.hasMessage();
            case SERVICE -> found.hasService();
            case COMPONENT -> found.hasComponent();
            default -> false;
        };
    }

    /** A time as text, or as a number since the epoch in any unit that its size tells. */
    static long time(Line line, byte[] bytes, int start, int end) {
        long epoch = epochMillis(bytes, start, end);
        if (epoch != ParsedLines.NO_TIME) {
            return epoch;
        }
        long time = line.times().read(bytes, start, end);
        // The zone may be named as well: 2026-01-31T23:59:59+01:00[Europe/Berlin].
        return line.times().end() == end
                        || (line.times().end() < end && bytes[line.times().end()] == '[')
                ? time
                : ParsedLines.NO_TIME;
    }

    static long epochMillis(byte[] bytes, int start, int end) {
        int whole = start;
        while (whole < end && Bytes.isDigit(bytes[whole])) {
            whole++;
        }
        boolean hasFraction = whole < end && bytes[whole] == '.';
        int digits = whole - start;
        if (digits < SECOND_DIGITS || digits > NANO_DIGITS || (whole < end && !hasFraction)) {
            return ParsedLines.NO_TIME;
        }
        long value = 0;
        for (int i = start; i < whole; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        if (digits < MILLI_DIGITS - 1) {
            long millis = 0;
            for (int i = 1; i <= 3; i++) {
                int place = whole + i;
                boolean isDigit = hasFraction && place < end && Bytes.isDigit(bytes[place]);
                millis = millis * 10 + (isDigit ? bytes[place] - '0' : 0);
            }
            return value * 1000 + millis;
        }
        long millis = digits <= MILLI_DIGITS ? value : digits <= MICRO_DIGITS ? value / 1000 : value / 1_000_000;
        return millis >= 0 ? millis : ParsedLines.NO_TIME;
    }

    private static void level(Line line, byte[] bytes, int start, int end) {
        Level level = Level.ofWord(bytes, start, end);
        if (level == null && start < end && end - start <= 2 && Bytes.isDigit(bytes[start])) {
            int number = bytes[start] - '0';
            if (end - start == 1) {
                level = number <= 7 ? Level.ofSeverity(number) : null;
            } else if (number < TENS.length && bytes[start + 1] == '0') {
                level = TENS[number];
            }
        } else if (level == null && end - start == 2 && bytes[start] == 'D' && Bytes.isDigit(bytes[start + 1])) {
            level = Level.DEBUG; // MongoDB
        }
        if (level != null) {
            line.found().level(level);
        }
    }

    /** Takes an HTTP status for the level of a line that names none. */
    static void levelOfStatus(Line line, int start, int end) {
        line.piece(start, end);
        int status = line.value();
        if (status >= LEAST_STATUS && status <= MOST_STATUS && !line.found().hasLevel()) {
            line.found().level(Level.ofHttpStatus(status));
        }
    }

    /** The field under which the value of a role goes on; null for a name of its own. */
    static @Nullable Field field(@Nullable Role role) {
        return role == null ? null : role.field();
    }
}
