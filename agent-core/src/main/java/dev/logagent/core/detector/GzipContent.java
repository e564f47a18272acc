package dev.logagent.core.detector;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private InputStream stream;
    private long streamPosition;
    private byte[] window = {};
    private long windowStart;
    private long size = Long.MAX_VALUE;

    GzipContent(Path path) throws IOException {
        this.path = path;
        this.stream = open(path);
    }

    private static InputStream open(Path path) throws IOException {
        return new GZIPInputStream(Files.newInputStream(path), BUFFER_BYTES);
    }

    /** The number of uncompressed bytes; unknown, and then the greatest number, until the end has been read. */
    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(byte[] into, int start, int length, long position) throws IOException {
        if (position < windowStart) {
            stream.close();
            stream = open(path);
            streamPosition = 0;
            window = new byte[0];
        }
        if (position > streamPosition) {
            skip(position - streamPosition);
        }
        int kept = (int) Math.min(length, streamPosition - position);
        System.arraycopy(window, (int) (position - windowStart), into, start, Math.max(0, kept));
        int read = Math.max(0, kept) + fill(into, start + Math.max(0, kept), length - Math.max(0, kept));
        window = java.util.Arrays.copyOfRange(into, start, start + read);
        windowStart = position;
        streamPosition = Math.max(streamPosition, position + read);
        return read;
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
            throw new IOException("the compressed file " + path + " is damaged or not finished: " + e.getMessage(), e);
        }
        return done;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
