package dev.logagent.core.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Adds records to one segment. What was written since the last {@link #force} is taken back when anything fails. Confined
 * to one thread.
 */
final class SegmentWriter implements AutoCloseable {

    /** As much as is written at once: Java keeps native memory as large as the largest piece. */
    static final int PIECE_BYTES = 128 * 1024;

    private final FileChannel channel;
    private final int salt;
    private long end;
    private long durableEnd;

    SegmentWriter(FileChannel channel, int salt) {
        this.channel = channel;
        this.salt = salt;
    }

    void write(long sequence, ByteBuffer payload) throws IOException {
        long at = writeAll(Frame.header(sequence, payload, salt), end);
        end = writeAll(payload.duplicate(), at);
    }

    private long writeAll(ByteBuffer bytes, long start) throws IOException {
        long at = start;
        int limit = bytes.limit();
        while (bytes.position() < limit) {
            bytes.limit(Math.min(limit, bytes.position() + PIECE_BYTES));
            at += channel.write(bytes, at);
        }
        return at;
    }

    /** Makes everything that was written survive a loss of power. After a failure the segment must not be used again. */
    void force() throws IOException {
        channel.force(false);
        durableEnd = end;
    }

    /** Takes back what was written since the last force. */
    void takeBack() throws IOException {
        end = durableEnd;
        channel.truncate(durableEnd);
    }

    /** Up to where records are written. */
    long end() {
        return end;
    }

    /** Up to where records survive a loss of power. */
    long durableEnd() {
        return durableEnd;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
