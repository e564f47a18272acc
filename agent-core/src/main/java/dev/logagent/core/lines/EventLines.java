package dev.logagent.core.lines;

import dev.logagent.core.multiline.Grouping;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a text make which event, where those of several streams interleave: each stream is grouped as if it stood
 * alone. An event has the place of its first line, and its text; the bytes of lines that stand further on count as those of
 * the events before them, so that events still cover the text without a gap. Confined to one thread.
 */
final class EventLines {

    /** An event that more may belong to is complete when so many lines of other streams have come. */
    static final int MOST_BETWEEN = 100;

    private static final int NONE = -1;

    private final byte[] bytes;
    private final int[] starts;
    private final int[] eventOf;
    private final int[] nextOf;
    private final Set<Integer> cut = new HashSet<>();

    /**
     * @param starts where the lines begin, and where the last one ends: one entry more than there are lines
     * @param maxBytes an event that grows beyond is cut between two lines
     * @param flush whether the last event of each stream is complete
     * @param more whether the text goes on
     */
    EventLines(byte[] bytes, int[] starts, Grouping grouping, int maxBytes, boolean flush, boolean more) {
        this.bytes = bytes;
        this.starts = starts;
        this.eventOf = new int[starts.length - 1];
        Arrays.fill(eventOf, NONE);
        this.nextOf = eventOf.clone();
        int[] streams = streams(bytes, starts, grouping);
        for (int stream : IntStream.of(streams).distinct().toArray()) {
            int[] own = IntStream.range(0, streams.length)
                    .filter(line -> streams[line] == stream)
                    .toArray();
            boolean isOver = streams.length - 1 - own[own.length - 1] >= MOST_BETWEEN;
            group(own, grouping, maxBytes, flush || isOver, more);
        }
    }

    /** Whether lines of several streams interleave, all of them known and short enough. */
    static boolean isNeeded(byte[] bytes, int[] starts, Grouping grouping, int maxBytes) {
        if (!grouping.hasStreams()) {
            return false;
        }
        boolean isShort =
                IntStream.range(1, starts.length).allMatch(line -> starts[line] - starts[line - 1] <= maxBytes);
        int[] streams = isShort ? streams(bytes, starts, grouping) : new int[0];
        return IntStream.of(streams).distinct().count() > 1
                && IntStream.of(streams).noneMatch(stream -> stream == 0);
    }

    private static int[] streams(byte[] bytes, int[] starts, Grouping grouping) {
        return IntStream.range(0, starts.length - 1)
                .map(line -> grouping.stream(
                        bytes, starts[line], LineIndex.endOfText(bytes, starts[line], starts[line + 1])))
                .toArray();
    }

    private void group(int[] own, Grouping grouping, int maxBytes, boolean flush, boolean more) {
        int[] alone = new int[own.length + 1];
        for (int i = 0; i < own.length; i++) {
            alone[i + 1] = alone[i] + length(own[i]);
        }
        LineIndex index = new LineIndex(alone.clone(), own.length);
        boolean isCut = index.groupAdjacent(text(own), grouping, maxBytes, flush, false, more);
        int event = 0;
        int first = NONE;
        for (int i = 0; i < own.length && event < index.count(); i++) {
            if (alone[i] == index.starts()[event]) {
                first = own[i];
            } else {
                nextOf[own[i - 1]] = own[i];
            }
            eventOf[own[i]] = first;
            if (alone[i + 1] == index.starts()[event + 1]) {
                event++;
            }
        }
        if (isCut) {
            cut.add(first);
        }
    }

    private int length(int line) {
        return starts[line + 1] - starts[line];
    }

    private byte[] text(int[] lines) {
        byte[] text = new byte[IntStream.of(lines).map(this::length).sum()];
        int at = 0;
        for (int line : lines) {
            System.arraycopy(bytes, starts[line], text, at, length(line));
            at += length(line);
        }
        return text;
    }

    /** Whether the last event that begins before a line was cut because it was too long. */
    boolean isCutBefore(int to) {
        int line = to - 1;
        while (line >= 0 && eventOf[line] != line) {
            line--;
        }
        return cut.contains(line);
    }

    /** How many lines from the first one on make complete events, of which no line stands further on. */
    int complete() {
        int complete = 0;
        while (complete < eventOf.length && eventOf[complete] != NONE) {
            complete++;
        }
        for (int line = eventOf.length - 1; line >= complete; line--) {
            complete = eventOf[line] == NONE ? complete : Math.min(complete, eventOf[line]);
        }
        return complete;
    }

    /** The same for as few lines as possible, but at least {@code least}; there may be none that are complete. */
    int closedFrom(int least) {
        int end = least;
        for (int line = least; line < eventOf.length; line++) {
            if (eventOf[line] != NONE && eventOf[line] < end) {
                end = line + 1;
            }
        }
        return end;
    }

    /** The first line from {@code from} on that begins an event, or {@code to} if there is none before that. */
    int firstEvent(int from, int to) {
        int line = from;
        while (line < to && eventOf[line] != line) {
            line++;
        }
        return line;
    }

    /** The events that begin in the lines from {@code from}, where one does, to {@code to}. */
    Events between(int from, int to) {
        int[] firsts =
                IntStream.range(from, to).filter(line -> eventOf[line] == line).toArray();
        int[] places = new int[firsts.length + 1];
        byte[] @Nullable [] texts = new byte[firsts.length][];
        for (int event = 0; event < firsts.length; event++) {
            int next = event + 1 < firsts.length ? firsts[event + 1] : to;
            int[] lines = IntStream.iterate(firsts[event], line -> line != NONE, line -> nextOf[line])
                    .toArray();
            boolean isAsItStands = lines.length == next - firsts[event] && lines[lines.length - 1] == next - 1;
            places[event] = starts[firsts[event]];
            texts[event] = isAsItStands ? null : trimmed(lines);
        }
        places[firsts.length] = starts[to];
        return new Events(places, texts);
    }

    private byte[] trimmed(int[] lines) {
        byte[] text = text(lines);
        return Arrays.copyOf(text, LineIndex.endOfText(text, 0, text.length));
    }

    /** Events, one after the other. Its arrays are shared, not copied. */
    static final class Events {

        private final int[] starts;
        private final byte[] @Nullable [] texts;

        private Events(int[] starts, byte[] @Nullable [] texts) {
            this.starts = starts;
            this.texts = texts;
        }

        int count() {
            return starts.length - 1;
        }

        /** Where each begins, and where the last one ends. */
        int[] starts() {
            return starts;
        }

        /** What each says, without a terminator, or null where that is what stands there. */
        byte[] @Nullable [] texts() {
            return texts;
        }
    }
}
