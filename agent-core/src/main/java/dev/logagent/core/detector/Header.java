package dev.logagent.core.detector;

import java.io.IOException;

/** The lines that a file begins with and that are not sent. Confined to one thread. */
final class Header {

    private static final int BUFFER_BYTES = 4096;

    private int linesLeft;

    /**
     * What is left of it.
     *
     * @param lines how many there are in all
     * @param offset up to where the file is read already
     */
    Header(FileContent content, int lines, long offset) throws IOException {
        linesLeft = lines;
        byte[] buffer = new byte[lines == 0 ? 0 : BUFFER_BYTES];
        int read = 1;
        for (long at = 0; at < offset && linesLeft > 0 && read > 0; at += read) {
            read = content.read(buffer, 0, (int) Math.min(BUFFER_BYTES, offset - at), at);
            end(buffer, 0, read);
        }
    }

    /** Whether nothing of it is left. */
    boolean isOver() {
        return linesLeft == 0;
    }

    /** Where it ends in {@code block[from .. to)}, which is read next: at {@code to} if not before. */
    int end(byte[] block, int from, int to) {
        int end = from;
        while (end < to && linesLeft > 0) {
            if (block[end++] == '\n') {
                linesLeft--;
            }
        }
        return end;
    }
}
