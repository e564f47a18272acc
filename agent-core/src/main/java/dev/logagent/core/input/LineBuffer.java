package dev.logagent.core.input;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.core.lines.LineRules;
import dev.logagent.core.lines.RunMaker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What has come of a stream and is not handed over yet: at most one unfinished line, or event, and what came with it. Confined to one thread. */
public final class LineBuffer {

    private final RunMaker runs;
    private byte[] block = {};
    private int from;
    private long offset;

    /** @param offset how many bytes of the stream came before */
    public LineBuffer(FileInfo file, LineRules rules, long offset) {
        this.runs = new RunMaker(file, rules);
        this.offset = offset;
    }

    /** Adds what came next. Runs that were given out keep the old bytes. */
    public void add(byte[] bytes) {
        if (from == block.length) {
            block = bytes;
        } else {
            byte[] joined = Arrays.copyOfRange(block, from, block.length + bytes.length);
            System.arraycopy(bytes, 0, joined, block.length - from, bytes.length);
            block = joined;
        }
        from = 0;
    }

    /**
     * The next run of complete lines, a piece of a line that is too long, or null if there is neither yet.
     *
     * @param finish whether nothing will be added
     */
    public @Nullable LineRun next(boolean finish) {
        if (from == block.length) {
            return null;
        }
        LineRun run = runs.next(block, from, block.length, offset, false, finish);
        if (run != null) {
            from += run.byteCount();
            offset = run.endOffset();
        }
        return run;
    }

    /** How many bytes of the stream have been given out. */
    public long offset() {
        return offset;
    }
}
