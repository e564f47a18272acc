package dev.logagent.core.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one segment in order. Passes over what is damaged: by its length where the header is sound, else by
 * looking for the next header. Confined to one thread.
 */
final class SegmentReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel channel;
    private final int salt;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long bufferStart;
    private long offset;

    /** @param start where a record begins, or any other place: then the next record is searched for */
    SegmentReader(Path path, int salt, long start) throws IOException {
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.salt = salt;
        this.offset = start;
        this.bufferStart = start;
        buffer.limit(0);
    }

    /**
     * A record in its place.
     *
     * @param offset where it begins in the segment
     */
    record Found(long sequence, long offset, ByteBuffer payload) {}

    /**
     * The next undamaged record, or null if there is none before the end.
     *
     * @param end where the part of the segment ends that may be read
     */
    @Nullable Found next(long end) throws IOException {
        while (findRecord(end)) {
            int header = index(offset, end);
            int length = Frame.length(buffer, header);
            long sequence = Frame.sequence(buffer, header);
            int checksum = Frame.payloadChecksum(buffer, header);
            long at = offset;
            ByteBuffer payload = payload(at + Frame.HEADER_BYTES, length);
            offset = at + Frame.HEADER_BYTES + length;
            if (Frame.checksum(payload.duplicate()) == checksum) {
                return new Found(sequence, at, payload);
            }
        }
        return null;
    }

    /** The sequence of the next record, whether its payload is damaged or not, or -1 if there is none before the end. */
    long skip(long end) throws IOException {
        if (!findRecord(end)) {
            return -1;
        }
        int header = index(offset, end);
        offset += Frame.HEADER_BYTES + Frame.length(buffer, header);
        return Frame.sequence(buffer, header);
    }

    /** Whether something that is not zero stands between the last record and the end, where a record could stand. */
    boolean isTailDamaged(long end) throws IOException {
        if (end - offset < Frame.HEADER_BYTES || Frame.isHeader(buffer, index(offset, end), salt)) {
            return false; // never written completely
        }
        for (long at = offset; at < end; at++) {
            if (end - at < Frame.HEADER_BYTES) {
                return false;
            }
            if (buffer.get(index(at, end)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Where the last record ended. */
    long offset() {
        return offset;
    }

    /** Goes to the next sound header of a record that ends in time. */
    private boolean findRecord(long end) throws IOException {
        for (long at = offset; at + Frame.HEADER_BYTES <= end; at++) {
            int header = index(at, end);
            if (header < 0) {
                return false;
            }
            if (buffer.getInt(header) == Frame.MAGIC
                    && Frame.isHeader(buffer, header, salt)
                    && at + Frame.HEADER_BYTES + Frame.length(buffer, header) <= end) {
                offset = at;
                return true;
            }
        }
        return false;
    }

    /**
     * Where the header that may begin at a place of the file stands in the buffer, or -1 if the file ends before. Nothing
     * beyond the end is kept in the buffer, because it may yet be written.
     */
    private int index(long at, long end) throws IOException {
        if (at < bufferStart || at + Frame.HEADER_BYTES > bufferStart + buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
            buffer.flip();
            bufferStart = at;
        }
        return buffer.limit() - (at - bufferStart) < Frame.HEADER_BYTES ? -1 : (int) (at - bufferStart);
    }

    private ByteBuffer payload(long at, int length) throws IOException {
        ByteBuffer payload = ByteBuffer.allocate(length);
        int known = (int) Math.max(0, Math.min(bufferStart + buffer.limit() - at, length));
        if (known > 0) {
            payload.put(0, buffer, (int) (at - bufferStart), known).position(known);
        }
        while (payload.hasRemaining()) {
            // In pieces, because Java keeps native memory as large as the largest one.
            ByteBuffer piece = payload.slice();
            piece.limit(Math.min(piece.capacity(), SegmentWriter.PIECE_BYTES));
            int read = channel.read(piece, at + payload.position());
            if (read < 0) {
                throw new IOException("the segment has become shorter while it was read");
            }
            payload.position(payload.position() + read);
        }
        return payload.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
