package dev.logagent.core.multiline;

/** Searches bytes for words of ASCII. */
final class Text {

    private Text() {}

    /** Whether {@code bytes[from .. to)} hold the word. */
    static boolean contains(byte[] bytes, int from, int to, String ascii) {
        int last = to - ascii.length();
        for (int at = from; at <= last; at++) {
            int matched = 0;
            while (matched < ascii.length() && bytes[at + matched] == ascii.charAt(matched)) {
                matched++;
            }
            if (matched == ascii.length()) {
                return true;
            }
        }
        return false;
    }
}
