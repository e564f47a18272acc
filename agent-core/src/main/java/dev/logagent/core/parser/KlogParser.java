package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;
import dev.logagent.api.ParsedLines;

/** klog and glog: {@code I0102 15:04:05.000000    1234 file.go:12] message}. */
final class KlogParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        Level level = switch (line.peek(0)) {
            case 'I' -> Level.INFO;
            case 'W' -> Level.WARNING;
            case 'E' -> Level.ERROR;
            case 'F' -> Level.CRITICAL;
            default -> null;
        };
        if (level == null || !Bytes.isDigit(line.peek(1)) || !Bytes.isDigit(line.peek(4))) {
            return false;
        }
        // glog may write the year: I20260131 15:04:05.000000.
        int date = line.at() + 1;
        long time = line.peek(9) == ' ' && Bytes.isDigit(line.peek(8))
                ? line.times().readCompactDay(line.bytes(), date, line.end())
                : line.times().readMonthDay(line.bytes(), date, line.end());
        if (time == ParsedLines.NO_TIME) {
            return false;
        }
        line.found().level(level).time(time);
        line.at(line.times().end());
        line.skipSpaces();
        if (!line.digits()) {
            return false;
        }
        line.putNumber(Field.TID);
        if (!line.skip(' ') || !line.until("] ")) {
            return false;
        }
        line.put(Field.CALLER);
        return line.rest().putMessage();
    }
}
