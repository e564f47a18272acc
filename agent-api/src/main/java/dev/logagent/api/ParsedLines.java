package dev.logagent.api;

import dev.logagent.api.encode.JsonBuffer;
import java.util.Arrays;

/**
 * What a parser found in the lines of a run: a level, a time, a message, a service and metadata for each.
 *
 * <p>Values stay slices of the line where they can; what is not in the line as it stands is in {@code text}. A slice is
 * two numbers: where it starts (from the start of the line, or, complemented, from the start of the line's part of the
 * text), and its length times two, plus one if it is JSON already. Immutable; the arrays are shared, not copied.
 */
public final class ParsedLines {

    /** The line names no time. */
    public static final long NO_TIME = Long.MIN_VALUE;

    static final int MESSAGE = 0;
    static final int SERVICE = 1;
    static final int COMPONENT = 2;
    static final int SLOTS = 3;
    static final int ABSENT = -1;
    static final int NUMBERS_PER_FIELD = 4;

    private static final int LINE_BYTES = 24 + 8 * SLOTS;
    private static final int FIELD_BYTES = 4 * NUMBERS_PER_FIELD;
    private static final Level[] LEVELS = Level.values();
    /** The names of the known fields, by ordinal; they need no escaping. */
    static final byte[][] FIELD_NAMES = Arrays.stream(Field.values())
            .map(field -> JsonBuffer.ascii(field.key()))
            .toArray(byte[][]::new);

    private final FileOrigin origin;
    private final long[] times;
    private final byte[] levels;
    private final int[] slots;
    private final int[] fieldStarts;
    private final int[] fields;
    private final int[] textStarts;
    private final byte[] text;

    /** Takes one value. The bytes must not be kept or written to. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes {@code bytes[start .. end)}.
         *
         * @param isJson whether the value is a piece of JSON, to be taken as it is; else it is text, perhaps not UTF-8
         */
        void visit(byte[] bytes, int start, int end, boolean isJson);
    }

    /** Takes the name and the value of one field. The bytes must not be kept or written to. */
    @FunctionalInterface
    public interface FieldVisitor {
        /**
         * Takes {@code bytes[start .. end)} under a name that can stand between quotes in JSON as it is.
         *
         * @param isJson whether the value is a JSON value, strings quoted; else it is text, perhaps not UTF-8
         */
        void visit(byte[] nameBytes, int nameStart, int nameEnd, byte[] bytes, int start, int end, boolean isJson);
    }

    ParsedLines(
            FileOrigin origin,
            long[] times,
            byte[] levels,
            int[] slots,
            int[] fieldStarts,
            int[] fields,
            int[] textStarts,
            byte[] text) {
        this.origin = origin;
        this.times = times;
        this.levels = levels;
        this.slots = slots;
        this.fieldStarts = fieldStarts;
        this.fields = fields;
        this.textStarts = textStarts;
        this.text = text;
    }

    /** What the path of the file says. */
    public FileOrigin origin() {
        return origin;
    }

    int count() {
        return times.length;
    }

    Level level(int line) {
        return LEVELS[levels[line]];
    }

    long timeMillis(int line) {
        return times[line];
    }

    /** Shows the message of a line of the run. Gives whether there is one: else the whole line is. */
    public boolean visitMessage(LineRun run, int line, Visitor visitor) {
        return visit(run, line, MESSAGE, visitor);
    }

    /** Shows the service that a line of the run names. Gives whether there is one. */
    public boolean visitService(LineRun run, int line, Visitor visitor) {
        return visit(run, line, SERVICE, visitor);
    }

    /** Shows the component that a line of the run names. Gives whether there is one. */
    public boolean visitComponent(LineRun run, int line, Visitor visitor) {
        return visit(run, line, COMPONENT, visitor);
    }

    private boolean visit(LineRun run, int line, int slot, Visitor visitor) {
        int index = run.parsedIndex(line);
        int at = 2 * (index * SLOTS + slot);
        int shape = slots[at + 1];
        if (shape == ABSENT) {
            return false;
        }
        byte[] lineBytes = run.bytes(line);
        byte[] from = slots[at] >= 0 ? lineBytes : text;
        int start = place(index, slots[at], run.start(line));
        visitor.visit(from, start, start + (shape >> 1), (shape & 1) != 0);
        return true;
    }

    /** Shows the fields of a line of the run, no name twice. */
    public void visitFields(LineRun run, int line, FieldVisitor visitor) {
        int index = run.parsedIndex(line);
        byte[] lineBytes = run.bytes(line);
        int lineStart = run.start(line);
        for (int at = fieldStarts[index]; at < fieldStarts[index + 1]; at += NUMBERS_PER_FIELD) {
            int shape = fields[at + 3];
            byte[] from = fields[at + 2] >= 0 ? lineBytes : text;
            int start = place(index, fields[at + 2], lineStart);
            boolean isJson = (shape & 1) != 0;
            if (fields[at + 1] == ABSENT) {
                byte[] name = FIELD_NAMES[fields[at]];
                visitor.visit(name, 0, name.length, from, start, start + (shape >> 1), isJson);
            } else {
                byte[] names = fields[at] >= 0 ? lineBytes : text;
                int name = place(index, fields[at], lineStart);
                visitor.visit(names, name, name + fields[at + 1], from, start, start + (shape >> 1), isJson);
            }
        }
    }

    private int place(int line, int slice, int lineStart) {
        return slice >= 0 ? lineStart + slice : textStarts[line] + ~slice;
    }

    /** What these lines take in memory, in bytes; the sizes of parts add up to that of the whole. */
    long byteCount(int from, int to) {
        return (long) LINE_BYTES * (to - from)
                + (long) FIELD_BYTES / NUMBERS_PER_FIELD * (fieldStarts[to] - fieldStarts[from])
                + (textStarts[to] - textStarts[from]);
    }

    /** The same for some of the lines, sharing nothing. */
    ParsedLines copy(int from, int to) {
        return new ParsedLines(
                origin,
                Arrays.copyOfRange(times, from, to),
                Arrays.copyOfRange(levels, from, to),
                Arrays.copyOfRange(slots, 2 * SLOTS * from, 2 * SLOTS * to),
                rebased(fieldStarts, from, to),
                Arrays.copyOfRange(fields, fieldStarts[from], fieldStarts[to]),
                rebased(textStarts, from, to),
                Arrays.copyOfRange(text, textStarts[from], textStarts[to]));
    }

    private static int[] rebased(int[] starts, int from, int to) {
        int[] copy = Arrays.copyOfRange(starts, from, to + 1);
        for (int i = 0; i < copy.length; i++) {
            copy[i] -= starts[from];
        }
        return copy;
    }
}
