package dev.logagent.core.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, one after the other, in one array that grows. Confined to one thread. */
final class Lines {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private int start;
    private int end;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line, a last one without its newline included. Gives whether there is one. */
    boolean next() throws IOException {
        int at = from;
        while (true) {
            for (; at < to; at++) {
                if (buffer[at] == '\n') {
                    start = from;
                    end = at + 1;
                    from = end;
                    return true;
                }
            }
            int seen = at - from;
            if (!fill()) {
                start = from;
                end = to;
                from = to;
                return end > start;
            }
            at = from + seen;
        }
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        return read > 0;
    }

    /** What holds the line, until the next one is gone to. */
    byte[] array() {
        return buffer;
    }

    int start() {
        return start;
    }

    /** After the newline, if the line has one. */
    int end() {
        return end;
    }

    boolean isWhole() {
        return end > start && buffer[end - 1] == '\n';
    }

    /** The line without its newline, or null if that is missing. */
    @Nullable String text() {
        return isWhole() ? new String(buffer, start, end - 1 - start, java.nio.charset.StandardCharsets.UTF_8) : null;
    }
}
