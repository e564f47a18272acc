package dev.logagent.core.checkpoint;

import dev.logagent.api.encode.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One record of a {@link CheckpointLog}: eight hexadecimal digits with the length of a JSON object in bytes, eight with its
 * CRC-32C, a space, the object, a newline.
 */
final class LogRecord {

    private static final int DIGITS = 16;

    private LogRecord() {}

    static void append(JsonBuffer object, JsonBuffer out) {
        long head = (long) object.length() << Integer.SIZE | checksum(object.array(), 0, object.length());
        out.hex(head).raw(' ').raw(object.array(), 0, object.length()).raw('\n');
    }

    /** Where the object of the record begins that {@code bytes[from .. to)} begins with. */
    static int objectStart(int from) {
        return from + DIGITS + 1;
    }

    /** Where the object of the record ends that {@code bytes[from .. to)} begins with; -1 if there is no sound record. */
    static int objectEnd(byte[] bytes, int from, int to) {
        int start = objectStart(from);
        if (start > to || bytes[start - 1] != ' ') {
            return -1;
        }
        long head;
        try {
            head = Long.parseUnsignedLong(new String(bytes, from, DIGITS, StandardCharsets.US_ASCII), 16);
        } catch (NumberFormatException e) {
            return -1;
        }
        long end = start + (head >>> Integer.SIZE);
        if (end > to || checksum(bytes, start, (int) end) != (head & 0xffffffffL)) {
            return -1;
        }
        return (int) end;
    }

    private static long checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return crc.getValue();
    }
}
