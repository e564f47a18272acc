package dev.logagent.core.detector;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.encode.Utf8;
import dev.logagent.core.multiline.Grouping;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs of lines from the blocks of one file, which it is given in their order; knows what of an event may not leave
 * yet. Confined to its detector's thread.
 */
final class RunMaker {

    private static final int LONGEST_CHARACTER_BYTES = 4;

    private final FileInfo file;
    private final ReadContext context;
    private final LineIndex index = new LineIndex();
    private final HeldEvent held = new HeldEvent();
    private boolean insideLongLine;

    RunMaker(FileInfo file, ReadContext context) {
        this.file = file;
        this.context = context;
    }

    /** So many bytes show whether a line is too long, and where a character ends that stands at the cut. */
    int longestLook() {
        return context.maxLineBytes() + LONGEST_CHARACTER_BYTES;
    }

    /** Whether lines are left in the file until their event is complete, or its time is over. */
    boolean isHolding() {
        return held.isWaiting();
    }

    /**
     * The run of complete lines in {@code block[from .. to)}, a piece of a line that is too long, or null if there is
     * neither.
     *
     * @param offset the position of {@code block[from]} in the file
     * @param moreFollows whether the file goes on after the block
     * @param finish whether nothing will be added to the file
     */
    @Nullable LineRun next(byte[] block, int from, int to, long offset, boolean moreFollows, boolean finish) {
        int complete = index.index(block, from, to);
        boolean cut = false;
        Grouping grouping = context.grouping();
        if (grouping != null && complete > 0) {
            long end = offset + to - from;
            boolean flush = (finish && !moreFollows) || held.isOver(end, context.groupTimeout());
            cut = index.group(block, grouping, context.maxLineBytes(), flush, to - from >= longestLook());
            complete = index.count();
            if (complete == 0 && !moreFollows) {
                held.waitAt(end);
                return null;
            }
        }
        int fitting = index.leadingLinesUpTo(context.maxLineBytes());
        if (fitting > 0) {
            return insideLongLine
                    ? run(block, 1, offset - from, true, false)
                    : run(block, fitting, offset - from, cut && fitting == complete, false);
        }
        boolean last = finish && !moreFollows;
        if (complete > 0 || to - from >= longestLook() || (last && to - from > context.maxLineBytes())) {
            if (!insideLongLine) {
                context.events().lineSplit(context.source().name(), Path.of(file.path()), offset);
            }
            index.starts()[1] = Utf8.boundaryBefore(block, from, from + context.maxLineBytes(), to);
            return run(block, 1, offset - from, true, true);
        }
        if (last) {
            index.starts()[1] = to;
            return run(block, 1, offset - from, true, false);
        }
        return null;
    }

    private LineRun run(byte[] block, int count, long blockOffset, boolean partial, boolean longLineGoesOn) {
        insideLongLine = longLineGoesOn;
        held.clear();
        return new LineRun(
                context.source(), file, System.currentTimeMillis(), block, index.starts(), count, blockOffset, partial);
    }
}
