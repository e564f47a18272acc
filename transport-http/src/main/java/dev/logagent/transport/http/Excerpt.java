package dev.logagent.transport.http;

import java.io.IOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/** Short, harmless texts from what a server says: it may be long, or hostile to terminals and log viewers. */
final class Excerpt {

    /** What is read of a body at most: enough for a message, and to use the connection again after most answers. */
    private static final long MOST_READ_BYTES = 64L * 1024;

    private static final int MOST_CHARACTERS = 200;

    private Excerpt() {}

    /** The first 200 characters in one line, control characters and runs of spaces replaced by one space. */
    static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MOST_CHARACTERS));
        boolean gap = false;
        for (int i = 0; i < text.length() && line.length() < MOST_CHARACTERS; i++) {
            char c = text.charAt(i);
            if (isUnprintable(c)) {
                gap = line.length() > 0;
                continue;
            }
            if (gap) {
                line.append(' ');
                gap = false;
            }
            line.append(c);
        }
        return line.toString();
    }

    /**
     * Reads a body, but only its first 64 KiB.
     *
     * @return whether that was all, so that the connection can be used again
     */
    static boolean read(ResponseBody body, Buffer into) throws IOException {
        BufferedSource source = body.source();
        while (into.size() < MOST_READ_BYTES) {
            if (source.read(into, MOST_READ_BYTES - into.size()) < 0) {
                return true;
            }
        }
        return source.exhausted();
    }

    /** Controls, spaces, and the marks that turn the direction of writing. */
    private static boolean isUnprintable(char c) {
        return Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SPACE_SEPARATOR;
    }
}
