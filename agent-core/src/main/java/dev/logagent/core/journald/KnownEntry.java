package dev.logagent.core.journald;

import java.util.Arrays;

/**
 * Leaves out the first entry of what {@code journalctl} gives if it is the one that was read last: it begins there. Confined
 * to one thread.
 */
final class KnownEntry {

    private static final byte[] NOTHING = {};

    private final String cursor;
    private final int maxBytes;
    private byte[] head = NOTHING;
    private State state;

    private enum State {
        LOOKING,
        LEAVING_OUT,
        DONE
    }

    /**
     * @param cursor of the entry that was read last; empty if none was
     * @param maxBytes within so many bytes the cursor of an entry is looked for: without one, the entry counts as new
     */
    KnownEntry(String cursor, int maxBytes) {
        this.cursor = cursor;
        this.maxBytes = maxBytes;
        this.state = cursor.isEmpty() ? State.DONE : State.LOOKING;
    }

    /** What is new of all that has come so far, and was not given before. */
    byte[] without(byte[] bytes) {
        return switch (state) {
            case DONE -> bytes;
            case LEAVING_OUT -> afterLine(bytes, endOfLine(bytes));
            case LOOKING -> look(joined(head, bytes));
        };
    }

    private byte[] look(byte[] sofar) {
        int end = endOfLine(sofar);
        Cursor found = Cursor.in(sofar, 0, end);
        if (found == null && end == sofar.length && end < maxBytes) {
            head = sofar;
            return NOTHING;
        }
        head = NOTHING;
        if (found != null && found.text().equals(cursor)) {
            return afterLine(sofar, end);
        }
        state = State.DONE;
        return sofar;
    }

    private byte[] afterLine(byte[] bytes, int end) {
        boolean isWhole = end < bytes.length;
        state = isWhole ? State.DONE : State.LEAVING_OUT;
        return isWhole ? Arrays.copyOfRange(bytes, end + 1, bytes.length) : NOTHING;
    }

    private static int endOfLine(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
