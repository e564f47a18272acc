package dev.logagent.core.journald;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the journal calls the place of an entry.
 *
 * @param text as {@code journalctl} gives and takes it
 * @param sequenceId which counter the number is of: one for as long as a journal lives
 * @param sequence the number of the entry, or -1 if the cursor has none
 * @param boot which boot of the host the entry is of
 */
record Cursor(String text, String sequenceId, long sequence, String boot) {

    private static final byte[] KEY = "\"__CURSOR\":\"".getBytes(StandardCharsets.US_ASCII);

    static Cursor of(String text) {
        String sequenceId = "";
        String boot = "";
        long sequence = -1;
        for (String part : text.split(";", -1)) {
            if (part.startsWith("s=")) {
                sequenceId = part.substring(2);
            } else if (part.startsWith("b=")) {
                boot = part.substring(2);
            } else if (part.startsWith("i=")) {
                sequence = number(part.substring(2));
            }
        }
        return new Cursor(text, sequenceId, sequence, boot);
    }

    private static long number(String hex) {
        try {
            return Long.parseLong(hex, 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /**
     * The cursor of the entry in {@code bytes[from .. to)}, a JSON object or a piece of one; null if it is not in there. A text
     * in the entry cannot be taken for it: its quotes are escaped.
     */
    static @Nullable Cursor in(byte[] bytes, int from, int to) {
        for (int at = from; at <= to - KEY.length; at++) {
            if (bytes[at] == '"' && matches(bytes, at)) {
                int start = at + KEY.length;
                int end = start;
                while (end < to && bytes[end] != '"') {
                    end++;
                }
                return end == to ? null : of(new String(bytes, start, end - start, StandardCharsets.UTF_8));
            }
        }
        return null;
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 1; i < KEY.length; i++) {
            if (bytes[at + i] != KEY[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many entries are missing between this one and a later one; -1 if they are not of one counter. */
    long missingBefore(Cursor later) {
        boolean sameCounter = sequence >= 0 && later.sequence >= 0 && sequenceId.equals(later.sequenceId);
        return sameCounter ? Math.max(0, later.sequence - sequence - 1) : -1;
    }
}
