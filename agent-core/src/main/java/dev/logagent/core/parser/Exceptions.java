package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** The exception that a stack trace below the first line reports. */
final class Exceptions {

    private Exceptions() {}

    /** Adds the class of the exception to an event of several lines. */
    static void find(Line line, byte[] bytes, int start, int end) {
        int at = Bytes.indexOf(bytes, start, end, '\n') + 1;
        while (at > 0 && at < end) {
            int stop = at;
            while (stop < end && (Bytes.isNamePart(bytes[stop]) || bytes[stop] == '$')) {
                stop++;
            }
            boolean ends = stop == end || bytes[stop] == ':' || bytes[stop] == '\n' || bytes[stop] == '\r';
            if (ends && (endsWith(bytes, at, stop, "Exception") || endsWith(bytes, at, stop, "Error"))) {
                line.found().text(Field.EXCEPTION, bytes, at, stop);
                return;
            }
            at = Bytes.indexOf(bytes, at, end, '\n') + 1;
        }
    }

    private static boolean endsWith(byte[] bytes, int from, int to, String suffix) {
        return to - from >= suffix.length() && Bytes.startWith(bytes, to - suffix.length(), to, suffix);
    }
}
