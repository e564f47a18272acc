package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;

/** Kernel messages as {@code dmesg} and {@code /dev/kmsg} give them. */
final class KernelParser implements LineParser {

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

    /** {@code 6,339,5140900,-;NET: …}: priority, number, microseconds, flags. */
    private static boolean record(Line line) {
        if (!line.digits() || !line.skip(',') || line.value() < 0 || line.value() > 1023) {
            return false;
        }
        line.found().level(Level.ofSeverity(line.value() & 7));
        return line.digits()
                && line.skip(',')
                && line.digits()
                && line.skip(',')
                && line.until(';')
                && line.rest().putMessage();
    }

    /** {@code [   12.345678]}, with a CPU or thread after the number perhaps. */
    static boolean uptime(Line line) {
        int before = line.at();
        if (line.skip('[')) {
            line.skipSpaces();
            int start = line.at();
            if (line.digits() && line.skip('.') && line.digits()) {
                int end = line.at();
                if (line.until(']')) {
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
