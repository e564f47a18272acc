package dev.logagent.core.detector;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The uncompressed bytes of a file that rotation has compressed. Positions count uncompressed bytes, so that reading goes
 * on where it stopped before the compression. A step backwards within the last read costs nothing; a longer one starts
 * again from the beginning.
 */
final class GzipContent implements FileContent {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final FileChannel file;
    private InputStream stream;
    private long streamPosition;
    private byte[] window = {};
    private long windowStart;
    private long size = Long.MAX_VALUE;

    GzipContent(Path path) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            this.stream = open();
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Begins anew, on the open file: by now its name may be gone, or another file's. */
    private InputStream open() throws IOException {
        file.position(0);
        InputStream compressed = new FilterInputStream(Channels.newInputStream(file)) {
            @Override
            public void close() {
                // The file stays open: another stream begins on it.
            }
        };
        try {
            return new GZIPInputStream(compressed, BUFFER_BYTES);
        } catch (EOFException | ZipException e) {
            throw damaged(path, e);
        }
    }

    private static IOException damaged(Path path, IOException cause) {
        String reason = cause.getMessage() == null ? "it ends too early" : cause.getMessage();
        return new IOException("the compressed file " + path + " is damaged or not finished: " + reason, cause);
    }

    /** The number of uncompressed bytes; unknown, and then the greatest number, until the end has been read. */
    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(byte[] into, int start, int length, long position) throws IOException {
        if (position < windowStart) {
            reopen();
        }
        if (position > streamPosition) {
            skip(position - streamPosition);
        }
        if (position > streamPosition) {
            return 0; // beyond the end
        }
        int kept = (int) Math.min(length, streamPosition - position);
        System.arraycopy(window, (int) (position - windowStart), into, start, kept);
        if (kept == length) {
            return length;
        }
        int read = kept + fill(into, start + kept, length - kept);
        streamPosition = position + read;
        window = Arrays.copyOfRange(into, start, start + read);
        windowStart = position;
        return read;
    }

    private void reopen() throws IOException {
        windowStart = Long.MAX_VALUE;
        stream.close();
        stream = open();
        streamPosition = 0;
        window = new byte[0];
        windowStart = 0;
    }

    private void skip(long bytes) throws IOException {
        byte[] scratch = new byte[BUFFER_BYTES];
        long left = bytes;
        while (left > 0) {
            int read = fill(scratch, 0, (int) Math.min(left, scratch.length));
            if (read == 0) {
                break;
            }
            streamPosition += read;
            left -= read;
        }
        window = new byte[0];
        windowStart = streamPosition;
    }

    private int fill(byte[] into, int start, int length) throws IOException {
        int done = 0;
        try {
            while (done < length) {
                int read = stream.read(into, start + done, length - done);
                if (read < 0) {
                    size = streamPosition + done;
                    break;
                }
                done += read;
            }
        } catch (EOFException | ZipException e) {
            windowStart = Long.MAX_VALUE; // where the stream stands is not known: the next read begins anew
            throw damaged(path, e);
        }
        return done;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        file.close();
    }
}
