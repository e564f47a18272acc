package dev.logagent.api.encode;

/** Fixed-width hexadecimal. */
public final class Hex {

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Hex() {}

    /** All sixteen digits of the value, in lower case. */
    public static String sixteenDigits(long value) {
        char[] text = new char[16];
        for (int i = 0; i < 16; i++) {
            text[i] = DIGITS[(int) (value >>> (60 - 4 * i)) & 15];
        }
        return new String(text);
    }
}
