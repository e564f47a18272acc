package dev.logagent.core.parser;

/** Looks for ASCII in bytes. */
final class Bytes {

    private Bytes() {}

    static int indexOf(byte[] bytes, int from, int to, char c) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == c) {
                return i;
            }
        }
        return -1;
    }

    static boolean startWith(byte[] bytes, int from, int to, String ascii) {
        int length = ascii.length();
        if (to - from < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    /** Whether it may be part of a name such as {@code trace.id}. */
    static boolean isNamePart(int c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '-' || c == '@' || c == '/';
    }
}
