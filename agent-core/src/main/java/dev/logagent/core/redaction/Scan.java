package dev.logagent.core.redaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Looks for bytes, and says what kind a byte is; letters and digits are those of ASCII. */
final class Scan {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    private Scan() {}

    /** The first position of the byte in {@code bytes[from .. end)}, or {@code end}. Looks at eight bytes in one step. */
    static int indexOf(char wanted, byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - 8; at += 8) {
            long found = zeroBytes((long) LONGS.get(bytes, at) ^ ONES * wanted);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < end && (bytes[at] & 0xff) != wanted) {
            at++;
        }
        return at;
    }

    /** The first position of one of two bytes in {@code bytes[from .. end)}, or {@code end}. */
    static int indexOf(char one, char other, byte[] bytes, int from, int end) {
        int at = from;
        for (; at <= end - 8; at += 8) {
            long word = (long) LONGS.get(bytes, at);
            long found = zeroBytes(word ^ ONES * one) | zeroBytes(word ^ ONES * other);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < end && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }

    /** The first position of the text in {@code bytes[from .. end)}, or {@code end}. */
    static int indexOf(byte[] text, byte[] bytes, int from, int end) {
        int at = indexOf((char) (text[0] & 0xff), bytes, from, end);
        while (at < end && !isAt(text, bytes, at, end)) {
            at = indexOf((char) (text[0] & 0xff), bytes, at + 1, end);
        }
        return at;
    }

    private static boolean isAt(byte[] text, byte[] bytes, int at, int end) {
        return end - at >= text.length && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }

    /** The high bit of every byte that is zero. */
    private static long zeroBytes(long word) {
        return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
    }

    /** Whether {@code bytes[at .. end)} begins with the text, letters of either case meaning the same. */
    static boolean startsWith(byte[] lowerCase, byte[] bytes, int at, int end) {
        if (at < 0 || end - at < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lower(bytes[at + i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    static boolean isLetter(byte b) {
        return isUpper((byte) (b & ~0x20));
    }

    static boolean isAlphanumeric(byte b) {
        return isDigit(b) || isLetter(b);
    }

    static boolean isHex(byte b) {
        return isDigit(b) || ((b | 0x20) >= 'a' && (b | 0x20) <= 'f');
    }

    /** Whether a token goes on with it: letters, digits and {@code -._~+/=} (RFC 6750). */
    static boolean isToken(byte b) {
        return isAlphanumeric(b) || b == '-' || b == '_' || b == '.' || b == '~' || b == '+' || b == '/' || b == '=';
    }

    /** Whether a letter or digit stands at the position: then what begins or ends there is only part of a word. */
    static boolean isWordAt(byte[] bytes, int at, int start, int end) {
        return at >= start && at < end && (isAlphanumeric(bytes[at]) || bytes[at] == '_');
    }
}
