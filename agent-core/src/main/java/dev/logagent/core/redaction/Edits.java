package dev.logagent.core.redaction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds a line anew with some parts replaced. Confined to one thread; used for one line after the other. */
final class Edits {

    private final byte[] replacement;
    private byte[] source = {};
    private int copiedTo;
    private byte[] out = new byte[256];
    private int length;
    private int count;

    /** @param replacement what {@link #redact} puts in */
    Edits(byte[] replacement) {
        this.replacement = replacement;
    }

    /** Begins with a line that starts at {@code start}, in which nothing is replaced yet. */
    void begin(byte[] bytes, int start) {
        source = bytes;
        copiedTo = start;
        length = 0;
        count = 0;
    }

    /** Replaces {@code bytes[from .. to)}; what is replaced must come in order. */
    void redact(int from, int to) {
        skipTo(from, to);
        append(replacement, 0, replacement.length);
    }

    /** The same between quotation marks, which the bytes that are replaced lack: so that JSON stays JSON. */
    void redactQuoted(int from, int to) {
        skipTo(from, to);
        append('"');
        append(replacement, 0, replacement.length);
        append('"');
    }

    /** Leaves {@code bytes[from .. to)} out: what {@link #append} adds takes their place. */
    void skipTo(int from, int to) {
        append(source, copiedTo, from);
        copiedTo = to;
        count++;
    }

    void append(byte[] bytes, int from, int to) {
        int needed = length + to - from;
        if (needed > out.length) {
            out = Arrays.copyOf(out, Math.max(needed, out.length * 2));
        }
        System.arraycopy(bytes, from, out, length, to - from);
        length = needed;
    }

    private void append(char ascii) {
        append(new byte[] {(byte) ascii}, 0, 1);
    }

    /** How many parts have been replaced. */
    int count() {
        return count;
    }

    /** The line that ends at {@code end} with all replacements, or null if nothing was replaced. */
    byte @Nullable [] result(int end) {
        if (count == 0) {
            return null;
        }
        append(source, copiedTo, end);
        return Arrays.copyOf(out, length);
    }
}
