package dev.logagent.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * Consecutive lines of one file, still in the block of bytes they were read in.
 *
 * <p>Line {@code i} of the run is {@code bytes()[start(i) .. end(i))}, its terminator ({@code \n} or {@code \r\n})
 * left out. Immutable; the arrays are shared, not copied, so nobody may write to them.
 */
public final class LineRun {

    private final SourceInfo source;
    private final FileInfo file;
    private final long detectedAtMillis;
    private final byte[] bytes;
    private final int[] starts;
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
            int from,
            int to,
            long blockOffset,
            boolean partial) {
        this.source = source;
        this.file = file;
        this.detectedAtMillis = detectedAtMillis;
        this.bytes = bytes;
        this.starts = starts;
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
                this.from + from,
                this.from + to,
                blockOffset,
                partial && lastIncluded);
    }

    /** The same lines with bytes of their own, so that the block they were read in can go. */
    public LineRun detached() {
        int start = starts[from];
        int[] ownStarts = new int[count() + 1];
        for (int line = 0; line <= count(); line++) {
            ownStarts[line] = starts[from + line] - start;
        }
        byte[] ownBytes = Arrays.copyOfRange(bytes, start, starts[to]);
        return new LineRun(source, file, detectedAtMillis, ownBytes, ownStarts, count(), blockOffset + start, partial);
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

    /** The block that holds the lines. Must not be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where line {@code line} starts in {@link #bytes()}. */
    public int start(int line) {
        return starts[from + line];
    }

    /** Where line {@code line} ends in {@link #bytes()}, without its terminator. */
    public int end(int line) {
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

    /** Whether line {@code line} is only a piece of one: cut at the longest allowed length, or without its newline. */
    public boolean isPartial(int line) {
        return partial && line == count() - 1;
    }
}
