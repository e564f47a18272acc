package dev.logagent.api;

import java.util.Arrays;

/**
 * Collects what a parser finds, line by line: {@link #begin}, then values in any order, or {@link #clear} when the line
 * turns out not to be of the format. Values are given as slices of any array; those of the line itself are not copied.
 * Confined to one thread; {@link #build} makes it ready for the next run.
 */
@SuppressWarnings("EnumOrdinal") // the numbers never leave the process
public final class ParsedLinesBuilder {

    private static final int LONGEST_NUMBER = 18;

    /** A line may give so many names of its own; more stay in its text. Each is compared with those before it. */
    private static final int MOST_NAMES = 256;

    private long[] times = new long[64];
    private byte[] levels = new byte[64];
    private int[] slots = new int[2 * ParsedLines.SLOTS * 64];
    private int[] fieldStarts = new int[65];
    private int[] fields = new int[512];
    private int[] textStarts = new int[65];
    private byte[] text = new byte[512];

    private int lines;
    private int fieldsEnd;
    private int textEnd;
    private boolean hasLevel;
    private int names;
    private long stamp;
    private final long[] takenAt = new long[Field.values().length];
    private byte[] lineBytes = text;
    private int lineStart;
    private int lineEnd;

    /** Goes on to the next line, {@code bytes[start .. end)}. */
    public void begin(byte[] bytes, int start, int end) {
        if (lines == times.length) {
            times = Arrays.copyOf(times, 2 * lines);
            levels = Arrays.copyOf(levels, 2 * lines);
            slots = Arrays.copyOf(slots, 2 * slots.length);
            fieldStarts = Arrays.copyOf(fieldStarts, 2 * lines + 1);
            textStarts = Arrays.copyOf(textStarts, 2 * lines + 1);
        }
        lineBytes = bytes;
        lineStart = start;
        lineEnd = end;
        lines++;
        clear();
    }

    /** Forgets everything about the present line. */
    public void clear() {
        int line = lines - 1;
        times[line] = ParsedLines.NO_TIME;
        levels[line] = (byte) Level.INFO.ordinal();
        hasLevel = false;
        names = 0;
        stamp++;
        Arrays.fill(slots, 2 * ParsedLines.SLOTS * line, 2 * ParsedLines.SLOTS * (line + 1), ParsedLines.ABSENT);
        fieldsEnd = fieldStarts[line];
        textEnd = textStarts[line];
        fieldStarts[line + 1] = fieldsEnd;
        textStarts[line + 1] = textEnd;
    }

    /** The line's own time, in milliseconds since the epoch; {@link ParsedLines#NO_TIME} is none. */
    public ParsedLinesBuilder time(long epochMillis) {
        times[lines - 1] = epochMillis;
        return this;
    }

    public ParsedLinesBuilder level(Level level) {
        levels[lines - 1] = (byte) level.ordinal();
        hasLevel = true;
        return this;
    }

    /** Whether the present line has a level already. */
    public boolean hasLevel() {
        return hasLevel;
    }

    /** Whether the present line has a time already. */
    public boolean hasTime() {
        return times[lines - 1] != ParsedLines.NO_TIME;
    }

    /** The present line's time, or {@link ParsedLines#NO_TIME}. */
    public long time() {
        return times[lines - 1];
    }

    /** Whether the present line has a message already. */
    public boolean hasMessage() {
        return has(ParsedLines.MESSAGE);
    }

    /** Whether the present line has a service already. */
    public boolean hasService() {
        return has(ParsedLines.SERVICE);
    }

    /** Whether the present line has a component already. */
    public boolean hasComponent() {
        return has(ParsedLines.COMPONENT);
    }

    private boolean has(int slot) {
        return slots[2 * ((lines - 1) * ParsedLines.SLOTS + slot) + 1] != ParsedLines.ABSENT;
    }

    public ParsedLinesBuilder message(byte[] bytes, int start, int end) {
        return message(bytes, start, end, false);
    }

    /**
     * As above, of text or of JSON.
     *
     * @param isJson whether the bytes are the inside of a JSON string
     */
    public ParsedLinesBuilder message(byte[] bytes, int start, int end, boolean isJson) {
        return slot(ParsedLines.MESSAGE, bytes, start, end, isJson);
    }

    /** The service; an empty one is none. */
    public ParsedLinesBuilder service(byte[] bytes, int start, int end) {
        return service(bytes, start, end, false);
    }

    /**
     * As above, of text or of JSON.
     *
     * @param isJson whether the bytes are the inside of a JSON string
     */
    public ParsedLinesBuilder service(byte[] bytes, int start, int end, boolean isJson) {
        return start == end ? this : slot(ParsedLines.SERVICE, bytes, start, end, isJson);
    }

    /** The component; an empty one is none. */
    public ParsedLinesBuilder component(byte[] bytes, int start, int end) {
        return component(bytes, start, end, false);
    }

    /**
     * As above, of text or of JSON.
     *
     * @param isJson whether the bytes are the inside of a JSON string
     */
    public ParsedLinesBuilder component(byte[] bytes, int start, int end, boolean isJson) {
        return start == end ? this : slot(ParsedLines.COMPONENT, bytes, start, end, isJson);
    }

    /** A field with a text; an empty one is left out. */
    public ParsedLinesBuilder text(Field name, byte[] bytes, int start, int end) {
        return start == end ? this : known(name, slice(bytes, start, end), (end - start) << 1);
    }

    /** A field with a number if it is a decimal one that JSON can write the same way, else with a text. */
    public ParsedLinesBuilder number(Field name, byte[] bytes, int start, int end) {
        int isJson = isNumber(bytes, start, end) ? 1 : 0;
        return start == end ? this : known(name, slice(bytes, start, end), ((end - start) << 1) | isJson);
    }

    /** A field with a JSON value, strings quoted. */
    public ParsedLinesBuilder json(Field name, byte[] bytes, int start, int end) {
        return known(name, slice(bytes, start, end), ((end - start) << 1) | 1);
    }

    /** A field with a JSON value under a name that needs no escaping, or is escaped already. */
    public ParsedLinesBuilder json(byte[] names, int nameStart, int nameEnd, byte[] bytes, int start, int end) {
        return named(names, nameStart, nameEnd, bytes, start, end, true);
    }

    /** A field with a text under a name that needs no escaping, or is escaped already; an empty one is left out. */
    public ParsedLinesBuilder text(byte[] names, int nameStart, int nameEnd, byte[] bytes, int start, int end) {
        return start == end ? this : named(names, nameStart, nameEnd, bytes, start, end, false);
    }

    private ParsedLinesBuilder named(
            byte[] names, int nameStart, int nameEnd, byte[] bytes, int start, int end, boolean isJson) {
        if (this.names == MOST_NAMES || isTaken(names, nameStart, nameEnd)) {
            return this;
        }
        this.names++;
        int name = slice(names, nameStart, nameEnd);
        boolean hasNewlines = isJson && (bytes[start] == '{' || bytes[start] == '[') && hasNewline(bytes, start, end);
        int value = hasNewlines ? slice(onOneLine(bytes, start, end), 0, end - start) : slice(bytes, start, end);
        return add(name, nameEnd - nameStart, value, ((end - start) << 1) | (isJson ? 1 : 0));
    }

    private static boolean hasNewline(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == '\n' || bytes[at] == '\r') {
                return true;
            }
        }
        return false;
    }

    /** Events are written one a line; newlines in JSON are space wherever they are allowed. */
    private static byte[] onOneLine(byte[] bytes, int start, int end) {
        byte[] line = Arrays.copyOfRange(bytes, start, end);
        for (int at = 0; at < line.length; at++) {
            line[at] = line[at] == '\n' || line[at] == '\r' ? (byte) ' ' : line[at];
        }
        return line;
    }

    private ParsedLinesBuilder known(Field name, int value, int shape) {
        byte[] key = ParsedLines.FIELD_NAMES[name.ordinal()];
        if (takenAt[name.ordinal()] == stamp || (names > 0 && isTaken(key, 0, key.length))) {
            return this;
        }
        takenAt[name.ordinal()] = stamp;
        return add(name.ordinal(), ParsedLines.ABSENT, value, shape);
    }

    private ParsedLinesBuilder add(int name, int nameLength, int value, int shape) {
        if (fieldsEnd + ParsedLines.NUMBERS_PER_FIELD > fields.length) {
            fields = Arrays.copyOf(fields, 2 * fields.length);
        }
        fields[fieldsEnd] = name;
        fields[fieldsEnd + 1] = nameLength;
        fields[fieldsEnd + 2] = value;
        fields[fieldsEnd + 3] = shape;
        fieldsEnd += ParsedLines.NUMBERS_PER_FIELD;
        fieldStarts[lines] = fieldsEnd;
        return this;
    }

    /** Whether the line has a field of that name: the first one counts. */
    private boolean isTaken(byte[] names, int start, int end) {
        for (int at = fieldStarts[lines - 1]; at < fieldsEnd; at += ParsedLines.NUMBERS_PER_FIELD) {
            int length = fields[at + 1];
            if (length == ParsedLines.ABSENT) {
                byte[] known = ParsedLines.FIELD_NAMES[fields[at]];
                if (Arrays.equals(known, 0, known.length, names, start, end)) {
                    return true;
                }
            } else if (length == end - start) {
                byte[] from = fields[at] >= 0 ? lineBytes : text;
                int place = fields[at] >= 0 ? lineStart + fields[at] : textStarts[lines - 1] + ~fields[at];
                if (Arrays.equals(from, place, place + length, names, start, end)) {
                    return true;
                }
            }
        }
        return false;
    }

    private ParsedLinesBuilder slot(int slot, byte[] bytes, int start, int end, boolean isJson) {
        int at = 2 * ((lines - 1) * ParsedLines.SLOTS + slot);
        slots[at] = slice(bytes, start, end);
        slots[at + 1] = ((end - start) << 1) | (isJson ? 1 : 0);
        return this;
    }

    private int slice(byte[] bytes, int start, int end) {
        if (bytes == lineBytes && start >= lineStart && end <= lineEnd) {
            return start - lineStart;
        }
        int length = end - start;
        if (textEnd + length > text.length) {
            text = Arrays.copyOf(text, Math.max(textEnd + length, 2 * text.length));
        }
        System.arraycopy(bytes, start, text, textEnd, length);
        int place = textEnd - textStarts[lines - 1];
        textEnd += length;
        textStarts[lines] = textEnd;
        return ~place;
    }

    private static boolean isNumber(byte[] bytes, int start, int end) {
        int at = start < end && bytes[start] == '-' ? start + 1 : start;
        if (at == end || end - at > LONGEST_NUMBER || (bytes[at] == '0' && end - at > 1 && bytes[at + 1] != '.')) {
            return false;
        }
        int point = -1;
        for (int i = at; i < end; i++) {
            if (bytes[i] == '.' && point < 0) {
                point = i;
            } else if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return point != at && point != end - 1;
    }

    /** All lines since the last call. */
    public ParsedLines build(FileOrigin origin) {
        ParsedLines built = new ParsedLines(
                origin,
                Arrays.copyOf(times, lines),
                Arrays.copyOf(levels, lines),
                Arrays.copyOf(slots, 2 * ParsedLines.SLOTS * lines),
                Arrays.copyOf(fieldStarts, lines + 1),
                Arrays.copyOf(fields, fieldsEnd),
                Arrays.copyOf(textStarts, lines + 1),
                Arrays.copyOf(text, textEnd));
        reset();
        return built;
    }

    /** Forgets all lines. */
    public void reset() {
        lines = 0;
        fieldsEnd = 0;
        textEnd = 0;
    }
}
