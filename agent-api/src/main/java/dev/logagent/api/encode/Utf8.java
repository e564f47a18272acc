package dev.logagent.api.encode;

import java.util.Arrays;

/** Well-formed UTF-8 byte sequences: the Unicode Standard, table 3-7. */
public final class Utf8 {

    private Utf8() {}

    /**
     * Looks at the sequence that starts with the byte at {@code at}, which is above 0x7f.
     *
     * @return its length (2 to 4) if it is well-formed; otherwise the length of its maximal ill-formed part, negated
     *     (-1 to -3), to be replaced by one U+FFFD
     */
    public static int sequenceLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        int length;
        int low = 0x80;
        int high = 0xbf;
        if (lead >= 0xc2 && lead <= 0xdf) {
            length = 2;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            length = 3;
            low = lead == 0xe0 ? 0xa0 : 0x80;
            high = lead == 0xed ? 0x9f : 0xbf;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            length = 4;
            low = lead == 0xf0 ? 0x90 : 0x80;
            high = lead == 0xf4 ? 0x8f : 0xbf;
        } else {
            return -1;
        }
        for (int i = 1; i < length; i++) {
            if (at + i >= end) {
                return -i;
            }
            int next = bytes[at + i] & 0xff;
            if (next < low || next > high) {
                return -i;
            }
            low = 0x80;
            high = 0xbf;
        }
        return length;
    }

    /**
     * A copy of {@code bytes[start .. end)} in which each byte that belongs to no well-formed sequence is replaced, and all
     * others stand where they did: for whoever would take its neighbours for a part of the character.
     */
    public static byte[] replaceInvalid(byte[] bytes, int start, int end, byte replacement) {
        byte[] valid = Arrays.copyOfRange(bytes, start, end);
        int at = 0;
        while (at < valid.length) {
            int length = valid[at] >= 0 ? 1 : sequenceLength(valid, at, valid.length);
            if (length < 0) {
                Arrays.fill(valid, at, at - length, replacement);
            }
            at += Math.abs(length);
        }
        return valid;
    }

    /**
     * The last position at or before {@code cut} that does not split a character, for cutting {@code bytes[start ..)}.
     *
     * @return {@code cut} itself where no well-formed character spans it
     */
    public static int boundaryBefore(byte[] bytes, int start, int cut, int end) {
        for (int back = 1; back <= 3 && cut - back >= start; back++) {
            int b = bytes[cut - back] & 0xff;
            if (b >= 0xc0) {
                return sequenceLength(bytes, cut - back, end) > back ? cut - back : cut;
            }
            if (b < 0x80) {
                return cut;
            }
        }
        return cut;
    }
}
