package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;

/** The exception that a stack trace below the first line reports. */
final class Exceptions {

    private static final String[] FRAMES = {"\tat ", "    at ", "  File \"", "goroutine "};

    private Exceptions() {}

    /** Adds the class of the exception to an event of several lines; one with a stack trace is an error unless it says otherwise. */
    static void find(Line line, byte[] bytes, int start, int end) {
        boolean isTrace = false;
        int at = Bytes.indexOf(bytes, start, end, '\n') + 1;
        while (at > 0 && at < end) {
            int stop = at;
            while (stop < end && (Bytes.isNamePart(bytes[stop]) || bytes[stop] == '$')) {
                stop++;
            }
            boolean ends = stop == end || bytes[stop] == ':' || bytes[stop] == '\n' || bytes[stop] == '\r';
            if (ends && (endsWith(bytes, at, stop, "Exception") || endsWith(bytes, at, stop, "Error"))) {
                line.found().text(Field.EXCEPTION, bytes, at, stop);
                isTrace = true;
                break;
            }
            isTrace |= isFrame(bytes, at, end);
            at = Bytes.indexOf(bytes, at, end, '\n') + 1;
        }
        if (isTrace && !line.found().hasLevel()) {
            Level named = Level.detect(bytes, start, end);
            line.found().level(named == Level.INFO ? Level.ERROR : named);
        }
    }

    private static boolean isFrame(byte[] bytes, int at, int end) {
        for (String frame : FRAMES) {
            if (Bytes.startWith(bytes, at, end, frame)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(byte[] bytes, int from, int to, String suffix) {
        return to - from >= suffix.length() && Bytes.startWith(bytes, to - suffix.length(), to, suffix);
    }
}
