package dev.logagent.core.detector;

import java.io.IOException;
import java.util.Arrays;

/**
 * Stretches of NULs where a writer without {@code O_APPEND} went on at its old position after a truncation. A run of NULs
 * counts as a hole only when it is long and data follow: NULs at the end of a file may yet be written over.
 */
final class Holes {

    /** Shorter runs of NULs are part of a line. */
    static final int LEAST_BYTES = 4096;

    private static final int BUFFER_BYTES = 256 * 1024;

    private static final byte[] NULS = new byte[LEAST_BYTES];

    private Holes() {}

    /** The length of the hole that {@code block[from .. to)} begins with, or begins to be if it is all NULs; else 0. */
    static int lengthAt(byte[] block, int from, int to) {
        int end = firstData(block, from, to);
        return end - from >= LEAST_BYTES || (end == to && end > from) ? end - from : 0;
    }

    /** Where data begin at or after {@code position}, or -1 if only NULs follow. */
    static long end(FileContent content, long position) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long at = position;
        while (true) {
            int read = content.read(buffer, 0, buffer.length, at);
            if (read == 0) {
                return -1;
            }
            int data = firstData(buffer, 0, read);
            if (data < read) {
                return at + data;
            }
            at += read;
        }
    }

    private static int firstData(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int length = Math.min(NULS.length, to - at);
            int difference = Arrays.mismatch(bytes, at, at + length, NULS, 0, length);
            if (difference >= 0) {
                return at + difference;
            }
            at += length;
        }
        return to;
    }
}
