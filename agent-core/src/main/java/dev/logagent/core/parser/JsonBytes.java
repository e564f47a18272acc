package dev.logagent.core.parser;

import org.jspecify.annotations.Nullable;

/** A JSON array of numbers that are bytes: {@code [104,105,255]}. */
final class JsonBytes {

    private static final int LARGEST = 255;

    private JsonBytes() {}

    /** Whether the value in {@code json[start .. end)} is one, and not empty. */
    static boolean are(byte[] json, int start, int end) {
        return read(json, start, end, null) > 0;
    }

    /**
     * Reads the bytes.
     *
     * @param into takes at most {@code end - start} bytes
     * @return how many there are, or -1 if the value is no such array
     */
    static int read(byte[] json, int start, int end, byte @Nullable [] into) {
        if (end - start < 2 || json[start] != '[' || json[end - 1] != ']') {
            return -1;
        }
        int count = 0;
        int value = -1;
        for (int at = start + 1; at < end; at++) {
            byte b = json[at];
            if (Bytes.isDigit(b)) {
                value = Math.max(0, value) * 10 + b - '0';
            } else if (b == ',' || b == ']') {
                if (value < 0) {
                    return -1;
                }
                if (into != null) {
                    into[count] = (byte) value;
                }
                count++;
                value = -1;
            } else if (b != ' ') {
                return -1;
            }
            if (value > LARGEST) {
                return -1;
            }
        }
        return count;
    }
}
