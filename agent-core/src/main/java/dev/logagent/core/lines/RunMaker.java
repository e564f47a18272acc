package dev.logagent.core.lines;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.Utf8;
import dev.logagent.core.lines.EventLines.Events;
import dev.logagent.core.multiline.Grouping;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs of lines from the blocks of one file or stream, which it is given in their order; knows what of an event may
 * not leave yet. Confined to one thread.
 */
public final class RunMaker {

    private static final int LONGEST_CHARACTER_BYTES = 4;

    private final FileInfo file;
    private final SourceInfo source;
    private final LineRules rules;
    private final LineIndex index = new LineIndex();
    private final HeldEvent held = new HeldEvent();
    private @Nullable TextEncoding encoding;
    private boolean insideLongLine;

    public RunMaker(FileInfo file, LineRules rules) {
        this.file = file;
        this.source = rules.source();
        this.rules = rules;
        this.encoding = rules.encoding();
    }

    /** The text begins with these bytes, which may tell how it is encoded; for one that is not read from its beginning. */
    public void beginsWith(byte[] beginning) {
        encoding = encoding == null ? null : encoding.ofTextBeginningWith(beginning, 0, beginning.length);
    }

    /** So many bytes show whether a line is too long, and where a character ends that stands at the cut. */
    public int longestLook() {
        return rules.maxLineBytes() + LONGEST_CHARACTER_BYTES;
    }

    /** Whether lines are left in the file until their event is complete, or its time is over. */
    public boolean isHolding() {
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
    public @Nullable LineRun next(byte[] block, int from, int to, long offset, boolean moreFollows, boolean finish) {
        int complete = index(block, from, to, offset);
        boolean cut = false;
        Grouping grouping = rules.grouping();
        if (grouping != null && complete > 0) {
            long end = offset + to - from;
            boolean flush = (finish && !moreFollows) || held.isOver(end, rules.groupTimeout());
            boolean full = to - from >= longestLook();
            cut = index.group(block, grouping, rules.maxLineBytes(), flush, full, moreFollows);
            complete = index.count();
            if (complete == 0 && !moreFollows) {
                held.waitAt(end);
                return null;
            }
        }
        int fitting = index.leadingLinesUpTo(rules.maxLineBytes());
        if (fitting > 0) {
            return insideLongLine
                    ? run(block, 1, offset - from, true, false)
                    : run(block, fitting, offset - from, cut && fitting == complete, false);
        }
        boolean last = finish && !moreFollows;
        if (complete > 0 || to - from >= longestLook() || (last && to - from > rules.maxLineBytes())) {
            if (!insideLongLine) {
                rules.events().lineSplit(source.name(), file.path(), offset);
            }
            int limit = from + rules.maxLineBytes();
            index.starts()[1] = encoding == null
                    ? Utf8.boundaryBefore(block, from, limit, to)
                    : encoding.boundaryBefore(block, from, limit);
            return run(block, 1, offset - from, true, true);
        }
        if (last) {
            index.starts()[1] = to;
            return run(block, 1, offset - from, true, false);
        }
        return null;
    }

    /**
     * The same for a file after which another one comes: lines that it begins with may belong to the last events here, or show
     * that these are complete.
     *
     * @param opening of the other file; none where more of this one follows
     */
    public Joined next(
            byte[] block, int from, int to, long offset, boolean moreFollows, Opening opening, boolean finish) {
        Grouping grouping = rules.grouping();
        Joined joined = null;
        if (grouping != null && opening.bytes().length > 0 && !insideLongLine && block[to - 1] == '\n') {
            joined = join(grouping, opening.after(block, from, to), to - from, offset, opening, finish);
        }
        return joined == null ? new Joined(next(block, from, to, offset, moreFollows, finish), 0, null) : joined;
    }

    /** @return null if a line is too long for an event */
    private @Nullable Joined join(
            Grouping grouping, byte[] both, int own, long offset, Opening opening, boolean finish) {
        int complete = index(both, 0, both.length, offset);
        int[] lines = Arrays.copyOf(index.starts(), complete + 1);
        if (index.leadingLinesUpTo(rules.maxLineBytes()) < complete) {
            return null;
        }
        long end = offset + both.length;
        boolean flush = finish || held.isOver(end, rules.groupTimeout());
        EventLines events = new EventLines(both, lines, grouping, rules.maxLineBytes(), flush, false);
        int ownLines = Arrays.binarySearch(lines, own);
        int until = Math.min(events.complete(), events.closedFrom(ownLines));
        if (until == 0) {
            held.waitAt(end);
            return new Joined(null, 0, null);
        }
        held.clear();
        LineRun run = run(file, both, events, 0, Math.min(until, ownLines), offset);
        if (until <= ownLines) {
            return new Joined(run, 0, null);
        }
        int first = events.firstEvent(ownLines, until);
        LineRun following = first == until ? null : run(opening.file(), both, events, first, until, -own);
        return new Joined(run, lines[first] - own, following);
    }

    private LineRun run(FileInfo of, byte[] bytes, EventLines found, int from, int to, long offset) {
        Events events = found.between(from, to);
        LineRun run = new LineRun(
                source,
                of,
                System.currentTimeMillis(),
                bytes,
                events.starts(),
                events.count(),
                offset,
                found.isCutBefore(to));
        LineRun ofTexts = run.rewritten(events.texts());
        return encoding == null ? ofTexts : encoding.decoded(ofTexts);
    }

    private int index(byte[] block, int from, int to, long offset) {
        TextEncoding known = encoding;
        if (known == null) {
            return index.index(block, from, to);
        }
        if (offset == 0) {
            known = known.ofTextBeginningWith(block, from, to);
            encoding = known;
        }
        return known.isWide() ? index.index(block, from, to, known, offset) : index.index(block, from, to);
    }

    private LineRun run(byte[] block, int count, long blockOffset, boolean partial, boolean longLineGoesOn) {
        insideLongLine = longLineGoesOn;
        held.clear();
        LineRun run = new LineRun(
                source, file, System.currentTimeMillis(), block, index.starts(), count, blockOffset, partial);
        byte[] @Nullable [] texts = index.texts();
        LineRun ofTexts = texts == null ? run : run.rewritten(Arrays.copyOf(texts, count));
        return encoding == null ? ofTexts : encoding.decoded(ofTexts);
    }
}
