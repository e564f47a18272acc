package dev.logagent.core.lines;

import dev.logagent.core.multiline.Grouping;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the lines, or the events that consist of several, of a block start. Eight bytes are looked at in one step. Confined to one thread. */
final class LineIndex {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    /** Most log lines are longer, so that the index rarely has to grow. */
    private static final int BYTES_PER_LINE = 96;

    private int[] starts = {};
    private int count;
    private byte @Nullable [] @Nullable [] texts;

    LineIndex() {}

    /** Of a text whose lines are known. */
    LineIndex(int[] starts, int count) {
        this.starts = starts;
        this.count = count;
    }

    /**
     * Finds the complete lines in {@code bytes[from .. to)}.
     *
     * @return how many there are
     */
    int index(byte[] bytes, int from, int to) {
        starts = new int[(to - from) / BYTES_PER_LINE + 4];
        starts[0] = from;
        count = 0;
        texts = null;
        int at = from;
        for (; at <= to - 8; at += 8) {
            long word = (long) LONGS.get(bytes, at) ^ NEWLINES;
            // A byte's high bit is set exactly where the byte is zero, that is, a newline.
            long found = ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
            while (found != 0) {
                add(at + (Long.numberOfTrailingZeros(found) >>> 3) + 1);
                found &= found - 1;
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == '\n') {
                add(at + 1);
            }
        }
        return count;
    }

    /**
     * The same for a text whose characters take two bytes or more.
     *
     * @param offset the position of {@code bytes[from]} in the text
     */
    int index(byte[] bytes, int from, int to, TextEncoding encoding, long offset) {
        starts = new int[(to - from) / BYTES_PER_LINE + 4];
        starts[0] = from;
        count = 0;
        texts = null;
        for (int at = from + (int) (offset & 1); at + 1 < to; at += 2) {
            if (encoding.isNewline(bytes, at)) {
                add(at + 2);
            }
        }
        return count;
    }

    /** What the events say, where that is not what stands in their places; null where no event has a text of its own. */
    byte @Nullable [] @Nullable [] texts() {
        return texts;
    }

    /** How many lines, or events, there are. */
    int count() {
        return count;
    }

    /** The starts of the lines, and where the last one ends: one entry more than there are lines. */
    int[] starts() {
        return starts;
    }

    /** How many lines at the start are no longer than {@code maxBytes} each, without their newline. */
    int leadingLinesUpTo(int maxBytes) {
        int line = 0;
        while (line < count && length(line) - 1 <= maxBytes) {
            line++;
        }
        return line;
    }

    private int length(int line) {
        byte[] text = texts == null ? null : texts[line];
        return text == null ? starts[line + 1] - starts[line] : text.length;
    }

    /**
     * Makes one entry of all lines that belong together. The last event is left out, as more may follow it, unless it says
     * that it ends or that nothing is likely to follow, or {@code flush} asks for it, or {@code full} says that it is the only one and no more fits. An event that grows beyond {@code maxBytes} is cut between two lines, and
     * is then the last one.
     *
     * @param more whether the file goes on after the block, and so perhaps the last event
     * @return whether the last event was cut
     */
    boolean group(byte[] bytes, Grouping grouping, int maxBytes, boolean flush, boolean full, boolean more) {
        int[] lines = Arrays.copyOf(starts, count + 1);
        if (!EventLines.isNeeded(bytes, lines, grouping, maxBytes)) {
            return groupAdjacent(bytes, grouping, maxBytes, flush, full, more);
        }
        EventLines found = new EventLines(bytes, lines, grouping, maxBytes, flush, more);
        if (full && found.complete() == 0) {
            found = new EventLines(bytes, lines, grouping, maxBytes, true, more);
        }
        if ((full || flush) && found.complete() == 0) {
            return groupAdjacent(bytes, grouping, maxBytes, flush, full, more);
        }
        EventLines.Events events = found.between(0, found.complete());
        starts = events.starts();
        texts = events.texts();
        count = events.count();
        return found.isCutBefore(found.complete());
    }

    /** The same where lines belong together only if they stand next to each other. */
    boolean groupAdjacent(byte[] bytes, Grouping grouping, int maxBytes, boolean flush, boolean full, boolean more) {
        int events = 0;
        boolean open = false;
        for (int line = 0; line < count; line++) {
            int start = starts[line];
            int end = endOfText(bytes, start, starts[line + 1]);
            if (open && !grouping.continues(bytes, starts[events], start, end)) {
                events++;
                starts[events] = start;
            } else if (open && end - starts[events] > maxBytes) {
                count = events + 1;
                starts[count] = start;
                return true;
            } else if (!open) {
                starts[events] = start;
            }
            open = !grouping.ends(bytes, start, end);
            if (!open) {
                events++;
                starts[events] = starts[line + 1];
            }
        }
        boolean ends = open && !more && !isWorthWaiting(bytes, grouping, starts[events]);
        if (open && (flush || (full && events == 0) || ends)) {
            events++;
            starts[events] = starts[count];
        }
        count = events;
        return false;
    }

    private boolean isWorthWaiting(byte[] bytes, Grouping grouping, int eventStart) {
        return grouping.mayGoOn(bytes, eventStart, endOfText(bytes, eventStart, starts[count]));
    }

    static int endOfText(byte[] bytes, int start, int next) {
        int end = next - 1;
        return end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    private void add(int nextStart) {
        count++;
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[count] = nextStart;
    }
}
