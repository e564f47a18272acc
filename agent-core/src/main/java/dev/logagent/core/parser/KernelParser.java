package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Kernel messages as {@code dmesg} and {@code /dev/kmsg} give them. */
final class KernelParser implements LineParser {

    private static final int MICRO_DIGITS = 6;

    @Override
    public boolean parse(Line line) {
        if (Bytes.isDigit(line.peek(0))) {
            return record(line);
        }
        if (line.between('<', '>') && line.value() >= 0) {
            line.found().level(Level.ofSeverity(line.value() & 7));
        } else if (Bytes.isLetter(line.peek(0)) && !decoded(line)) {
            return false;
        }
        if (!uptime(line) && !wallClock(line)) {
            return false;
        }
        line.skip(' ');
        return line.rest().putMessage();
    }

    /** {@code kern  :info  : }, as {@code dmesg --decode} writes. */
    private static boolean decoded(Line line) {
        if (!line.word()) {
            return false;
        }
        line.put(Field.FACILITY);
        if (!line.skip(':') || !line.word() || !line.level()) {
            return false;
        }
        line.skip(':');
        line.skipSpaces();
        return true;
    }

    /** {@code 6,339,5140900,-;NET: …}: priority, number, microseconds, flags; then lines of keys and values perhaps. */
    private static boolean record(Line line) {
        if (!line.digits() || !line.skip(',') || line.value() < 0 || line.value() > 1023) {
            return false;
        }
        line.found().level(Level.ofSeverity(line.value() & 7));
        SyslogParser.facility(line, line.value() >> 3);
        if (!line.digits() || !line.skip(',')) {
            return false;
        }
        line.putNumber(Field.SEQUENCE);
        if (!line.digits() || !line.skip(',')) {
            return false;
        }
        putUptime(line);
        if (!line.until(';')) {
            return false;
        }
        int start = line.at();
        boolean hasMore = line.until("\n ");
        line.piece(start, hasMore ? line.to() : line.end());
        line.putMessage();
        while (hasMore) {
            hasMore = entry(line);
        }
        return true;
    }

    /** The microseconds of the piece, as seconds. */
    private static void putUptime(Line line) {
        byte[] micros = Arrays.copyOfRange(line.bytes(), line.from(), line.to());
        int whole = Math.max(0, micros.length - MICRO_DIGITS);
        String seconds = (whole == 0 ? "0" : ascii(micros, 0, whole)) + "."
                + "0".repeat(Math.max(0, MICRO_DIGITS - micros.length)) + ascii(micros, whole, micros.length);
        byte[] text = seconds.getBytes(StandardCharsets.US_ASCII);
        line.found().number(Field.UPTIME, text, 0, text.length);
    }

    private static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    /** {@code SUBSYSTEM=pci}; the time is added by whoever reads the device. Gives whether another entry follows. */
    private static boolean entry(Line line) {
        int start = line.at();
        boolean hasMore = line.until("\n ");
        int end = hasMore ? line.to() : line.end();
        int equals = Bytes.indexOf(line.bytes(), start, end, '=');
        if (equals > start && Bytes.startWith(line.bytes(), start, end, "_TIME=")) {
            line.found().time(line.times().read(line.bytes(), equals + 1, end));
        } else if (equals > start && SyslogParser.isName(line.bytes(), start, equals)) {
            line.found().text(line.bytes(), start, equals, line.bytes(), equals + 1, end);
        }
        return hasMore;
    }

    /** {@code [   12.345678]}, with a CPU or thread after the number perhaps. */
    static boolean uptime(Line line) {
        int before = line.at();
        if (line.skip('[')) {
            line.skipSpaces();
            int start = line.at();
            if (line.digits() && line.skip('.') && line.digits()) {
                int end = line.at();
                // The JVM's own log has a unit there.
                if (!Bytes.isLetter(line.peek(0)) && line.until(']')) {
                    line.piece(start, end);
                    line.putNumber(Field.UPTIME);
                    return true;
                }
            }
        }
        line.at(before);
        return false;
    }

    private static boolean wallClock(Line line) {
        return line.skip('[') && Bytes.isLetter(line.peek(0)) && line.time() && line.skip(']');
    }
}
