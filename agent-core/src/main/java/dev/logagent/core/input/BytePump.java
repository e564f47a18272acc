package dev.logagent.core.input;

import dev.logagent.core.runtime.Threads;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a channel that can only be waited for without end, on a thread of its own, so that another can wait for it a while.
 * It reads no more than a few pieces ahead: then whoever writes has to wait.
 */
public final class BytePump implements Closeable {

    private static final int PIECES_AHEAD = 4;

    private final ReadableByteChannel channel;
    private final int pieceBytes;
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES_AHEAD);
    private volatile boolean closed;
    private volatile @Nullable Throwable bug;
    private volatile boolean reading;
    private volatile long readingSince;

    /** What one read has given. */
    public static final class Piece {

        private final byte[] bytes;
        private final boolean isEnd;
        private final @Nullable IOException failure;

        private Piece(byte[] bytes, boolean isEnd, @Nullable IOException failure) {
            this.bytes = bytes;
            this.isEnd = isEnd;
            this.failure = failure;
        }

        /** Empty at the end, and when reading has failed. Must not be written to. */
        public byte[] bytes() {
            return bytes;
        }

        /** Whether nothing follows. */
        public boolean isEnd() {
            return isEnd;
        }

        /** Why reading has failed, or null; it goes on unless this is the end. */
        public @Nullable IOException failure() {
            return failure;
        }
    }

    /** @param pieceBytes the most that one read takes */
    public BytePump(String name, ReadableByteChannel channel, int pieceBytes) {
        this.channel = channel;
        this.pieceBytes = pieceBytes;
        Threads.startPlatform(name, this::run);
    }

    private void run() {
        byte[] none = {};
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(pieceBytes);
            while (!closed) {
                Piece piece;
                try {
                    buffer.clear();
                    readingSince = System.nanoTime();
                    reading = true;
                    int read = channel.read(buffer);
                    byte[] bytes = new byte[Math.max(0, read)];
                    buffer.flip().get(bytes);
                    piece = new Piece(bytes, read < 0, null);
                } catch (AsynchronousCloseException e) {
                    piece = new Piece(none, true, null);
                } catch (ClosedChannelException e) {
                    piece = new Piece(none, true, null);
                } catch (IOException e) {
                    piece = new Piece(none, false, e);
                }
                pieces.put(piece);
                reading = false;
                if (piece.isEnd()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            bug = e;
            throw e;
        }
    }

    /**
     * The next piece, or null if none has come in time.
     *
     * @throws IllegalStateException if the thread that reads has died of a bug: nobody must wait for it
     */
    public @Nullable Piece poll(Duration patience) throws InterruptedException {
        Piece piece = pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        Throwable cause = bug;
        if (piece == null && cause != null) {
            throw new IllegalStateException("the thread that reads has died", cause);
        }
        return piece;
    }

    /** Whether a read has waited in vain for so long, so that nothing more seems to be there. */
    public boolean isIdle(Duration patience) {
        return reading && pieces.isEmpty() && System.nanoTime() - readingSince >= patience.toNanos();
    }

    /** Ends the thread, wherever it waits. */
    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written that could be lost.
        }
        pieces.clear();
    }
}
