package dev.logagent.core.input;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Messages that are no lines of a text, on their way to become a run: each may hold newlines. Confined to one thread. */
public final class RunBlock {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int[] starts = new int[16];
    private int count;

    /** Adds a message. */
    public void add(byte[] from, int start, int end) {
        bytes.write(from, start, end - start);
        bytes.write('\n');
        count++;
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count] = bytes.size();
    }

    /** How many messages there are. */
    public int count() {
        return count;
    }

    /** How many bytes they take. */
    public int size() {
        return bytes.size();
    }

    /**
     * All messages since the last call.
     *
     * @param offset how many bytes of the stream came before
     * @param partial whether the last message is only a piece of one
     */
    public LineRun take(SourceInfo source, FileInfo file, long offset, boolean partial) {
        LineRun run = new LineRun(
                source, file, System.currentTimeMillis(), bytes.toByteArray(), starts, count, offset, partial);
        bytes.reset();
        starts = new int[16];
        count = 0;
        return run;
    }
}
