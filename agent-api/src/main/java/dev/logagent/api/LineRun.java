package dev.logagent.api;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive lines of one file, still in the block of bytes they were read in.
 *
 * <p>Line {@code i} of the run is {@code bytes(i)[start(i) .. end(i))}, its terminator ({@code \n} or {@code \r\n})
 * left out. Usually that is what the file holds, but a line may have been {@linkplain #rewritten rewritten}, for instance
 * to keep a secret. Offsets and {@link #byteCount()} always are those of the file. A "line" may hold newlines and so stand
 * for several lines of the file: then its offset is that of the first, and it ends where the last one does.
 *
 * <p>Immutable; the arrays are shared, not copied, so nobody may write to them.
 */
public final class LineRun {

    private final SourceInfo source;
    private final FileInfo file;
    private final long detectedAtMillis;
    private final byte[] bytes;
    private final int[] starts;
    private final byte @Nullable [] @Nullable [] texts;
    private final @Nullable ParsedLines parsed;
    private final int from;
    private final int to;
    private final long blockOffset;
    private final boolean partial;

    /**
     * @param detectedAtMillis when the lines were read, in milliseconds since the epoch
     * @param bytes the block that holds the lines
     * @param starts where each line starts in {@code bytes}, and after the last one where it ends, terminator included:
     *     at least {@code count + 1} ascending entries
     * @param count the number of lines, at least 1
     * @param blockOffset the position of {@code bytes[0]} in the file
     * @param partial whether the last line is only a piece of one: cut at the longest allowed length, or closed without
     *     its newline
     */
    public LineRun(
            SourceInfo source,
            FileInfo file,
            long detectedAtMillis,
            byte[] bytes,
            int[] starts,
            int count,
            long blockOffset,
            boolean partial) {
        this(
                source,
                file,
                detectedAtMillis,
                bytes,
                starts,
                null,
                null,
                0,
                Objects.checkIndex(count, starts.length),
                blockOffset,
                partial);
        if (count == 0) {
            throw new IllegalArgumentException("a run has at least one line");
        }
    }

    private LineRun(
            SourceInfo source,
            FileInfo file,
            long detectedAtMillis,
            byte[] bytes,
            int[] starts,
            byte @Nullable [] @Nullable [] texts,
            @Nullable ParsedLines parsed,
            int from,
            int to,
            long blockOffset,
            boolean partial) {
        this.source = source;
        this.file = file;
        this.detectedAtMillis = detectedAtMillis;
        this.bytes = bytes;
        this.starts = starts;
        this.texts = texts;
        this.parsed = parsed;
        this.from = from;
        this.to = to;
        this.blockOffset = blockOffset;
        this.partial = partial;
    }

    /** Lines {@code from} (inclusive) to {@code to} (exclusive) of this run, sharing its bytes. */
    public LineRun slice(int from, int to) {
        Objects.checkFromToIndex(from, to, count());
        if (from == to) {
            throw new IllegalArgumentException("a run has at least one line");
        }
        if (from == 0 && to == count()) {
            return this;
        }
        boolean lastIncluded = this.from + to == this.to;
        return new LineRun(
                source,
                file,
                detectedAtMillis,
                bytes,
                starts,
                texts,
                parsed,
                this.from + from,
                this.from + to,
                blockOffset,
                partial && lastIncluded);
    }

    /**
     * The same lines of the file with other texts, not parsed; whatever tells where they are in the file stays as it is.
     *
     * @param newTexts for each line its text without a terminator, or null where it keeps the one it has; shared
     */
    public LineRun rewritten(byte[] @Nullable [] newTexts) {
        if (newTexts.length != count()) {
            throw new IllegalArgumentException(newTexts.length + " texts for " + count() + " lines");
        }
        byte[] @Nullable [] all = newTexts.clone();
        for (int line = 0; line < all.length; line++) {
            if (all[line] == null) {
                all[line] = text(line);
            }
        }
        int[] ownStarts = Arrays.copyOfRange(starts, from, to + 1);
        return new LineRun(
                source, file, detectedAtMillis, bytes, ownStarts, all, null, 0, count(), blockOffset, partial);
    }

    /** The same lines with what a parser found in them: in all lines of this run, in their order. */
    public LineRun parsedAs(ParsedLines found) {
        if (found.count() != count()) {
            throw new IllegalArgumentException(found.count() + " lines were parsed of " + count());
        }
        byte @Nullable [] @Nullable [] ownTexts = texts == null ? null : Arrays.copyOfRange(texts, from, to);
        int[] ownStarts = Arrays.copyOfRange(starts, from, to + 1);
        return new LineRun(
                source, file, detectedAtMillis, bytes, ownStarts, ownTexts, found, 0, count(), blockOffset, partial);
    }

    /** The same lines with bytes of their own, so that the block they were read in can go. */
    public LineRun detached() {
        int start = starts[from];
        int[] ownStarts = new int[count() + 1];
        for (int line = 0; line <= count(); line++) {
            ownStarts[line] = starts[from + line] - start;
        }
        byte[] ownBytes = Arrays.copyOfRange(bytes, start, starts[to]);
        byte @Nullable [] @Nullable [] ownTexts = texts == null ? null : Arrays.copyOfRange(texts, from, to);
        return new LineRun(
                source,
                file,
                detectedAtMillis,
                ownBytes,
                ownStarts,
                ownTexts,
                parsed == null ? null : parsed.copy(from, to),
                0,
                count(),
                blockOffset + start,
                partial);
    }

    public SourceInfo source() {
        return source;
    }

    public FileInfo file() {
        return file;
    }

    /** When the lines were read, in milliseconds since the epoch. */
    public long detectedAtMillis() {
        return detectedAtMillis;
    }

    /** The number of lines, at least 1. */
    public int count() {
        return to - from;
    }

    /** The array that holds line {@code line}. Must not be written to. */
    public byte[] bytes(int line) {
        byte[] text = text(line);
        return text == null ? bytes : text;
    }

    /** Where line {@code line} starts in {@link #bytes(int)}. */
    public int start(int line) {
        return text(line) == null ? starts[from + line] : 0;
    }

    /** Where line {@code line} ends in {@link #bytes(int)}, without its terminator. */
    public int end(int line) {
        byte[] text = text(line);
        if (text != null) {
            return text.length;
        }
        int start = starts[from + line];
        int end = starts[from + line + 1];
        if (end > start && bytes[end - 1] == '\n') {
            end--;
            if (end > start && bytes[end - 1] == '\r') {
                end--;
            }
        }
        return end;
    }

    /** The text that line {@code line} has instead of the file's, or null if it has the file's. */
    private byte @Nullable [] text(int line) {
        return texts == null ? null : texts[from + line];
    }

    /** Whether line {@code line} has another text than in the file. */
    public boolean isRewritten(int line) {
        return text(line) != null;
    }

    /** The position of line {@code line} in the file, in bytes. */
    public long offset(int line) {
        return blockOffset + starts[from + line];
    }

    /** The position of the first line in the file, in bytes. */
    public long startOffset() {
        return blockOffset + starts[from];
    }

    /** The position after the last line's terminator in the file, in bytes: where the next run begins. */
    public long endOffset() {
        return blockOffset + starts[to];
    }

    /** The bytes that the lines take in the file, terminators included. */
    public int byteCount() {
        return starts[to] - starts[from];
    }

    /** How many bytes the first {@code lines} lines take in the file, terminators included. */
    public int byteCount(int lines) {
        return starts[from + lines] - starts[from];
    }

    /** What a parser found in the lines, or null if they were not parsed. */
    public @Nullable ParsedLines parsed() {
        return parsed;
    }

    /** Which of the lines of {@link #parsed()} line {@code line} is. */
    int parsedIndex(int line) {
        return from + line;
    }

    /** The severity of line {@code line}: as parsed, else the one it names, else {@link Level#INFO}. */
    public Level level(int line) {
        return parsed == null ? Level.detect(bytes(line), start(line), end(line)) : parsed.level(from + line);
    }

    /** Whether line {@code line} names its own time. */
    public boolean hasTimestamp(int line) {
        return parsed != null && parsed.timeMillis(from + line) != ParsedLines.NO_TIME;
    }

    /** The own time of line {@code line}, else when it was read; in milliseconds since the epoch. */
    public long timestampMillis(int line) {
        return parsed != null && hasTimestamp(line) ? parsed.timeMillis(from + line) : detectedAtMillis;
    }

    /**
     * The bytes that the lines keep in memory: those they take in the file, the texts that differ from it, and what was
     * parsed.
     */
    public long heldBytes() {
        long held = byteCount() + (parsed == null ? 0 : parsed.byteCount(from, to));
        for (int line = 0; texts != null && line < count(); line++) {
            byte[] text = text(line);
            held += text == null ? 0 : text.length;
        }
        return held;
    }

    /**
     * A copy of the last bytes that the lines take in the file, terminator included, to recognise the place in the file by:
     * not to be sent, because they may be what a rewritten line hides.
     */
    public byte[] lastFileBytes(int atMost) {
        return Arrays.copyOfRange(bytes, Math.max(starts[from], starts[to] - atMost), starts[to]);
    }

    /** Whether line {@code line} is only a piece of one: cut at the longest allowed length, or without its newline. */
    public boolean isPartial(int line) {
        return partial && line == count() - 1;
    }
}
