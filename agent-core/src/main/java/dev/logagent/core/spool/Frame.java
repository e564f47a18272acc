package dev.logagent.core.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a record stands in a segment: magic, length, sequence and checksum of the payload, a checksum of these, the payload.
 *
 * <p>The header's checksum begins with the segment's salt, a random number. So nobody who can make the agent read a line
 * can make it take that line for a record: not even where damage makes it search for the next one byte by byte.
 */
final class Frame {

    /** "LAS1", the last byte being the version. */
    static final int MAGIC = 0x4c415331;

    static final int HEADER_BYTES = 24;

    private static final int LENGTH_AT = 4;
    private static final int SEQUENCE_AT = 8;
    private static final int PAYLOAD_CHECKSUM_AT = 16;
    private static final int CHECKSUM_AT = 20;

    private Frame() {}

    /** The header of a record; the payload is left as it is. */
    static ByteBuffer header(long sequence, ByteBuffer payload, int salt) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(MAGIC);
        header.putInt(payload.remaining());
        header.putLong(sequence);
        header.putInt(checksum(payload.duplicate()));
        header.putInt(headerChecksum(header, 0, salt));
        return header.flip();
    }

    /** Whether a whole and undamaged header begins at an index of the buffer. */
    static boolean isHeader(ByteBuffer bytes, int at, int salt) {
        return bytes.getInt(at) == MAGIC
                && bytes.getInt(at + LENGTH_AT) >= 0
                && bytes.getInt(at + CHECKSUM_AT) == headerChecksum(bytes, at, salt);
    }

    static int length(ByteBuffer bytes, int at) {
        return bytes.getInt(at + LENGTH_AT);
    }

    static long sequence(ByteBuffer bytes, int at) {
        return bytes.getLong(at + SEQUENCE_AT);
    }

    static int payloadChecksum(ByteBuffer bytes, int at) {
        return bytes.getInt(at + PAYLOAD_CHECKSUM_AT);
    }

    static int checksum(ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }

    private static int headerChecksum(ByteBuffer bytes, int at, int salt) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, salt));
        crc.update(bytes.duplicate().limit(at + CHECKSUM_AT).position(at));
        return (int) crc.getValue();
    }
}
