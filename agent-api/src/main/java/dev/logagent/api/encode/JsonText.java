package dev.logagent.api.encode;

import java.nio.charset.StandardCharsets;

/** Reads pieces of valid JSON back as text. */
public final class JsonText {

    private JsonText() {}

    /** A JSON value as text: a string without its quotes and escapes, anything else as it is written. */
    public static String plain(byte[] json, int start, int end) {
        return end - start >= 2 && json[start] == '"'
                ? unescape(json, start + 1, end - 1)
                : new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    /** The inside of a JSON string as text. */
    public static String unescape(byte[] json, int start, int end) {
        byte[] text = new byte[end - start];
        return new String(text, 0, unescape(json, start, end, text, 0), StandardCharsets.UTF_8);
    }

    /**
     * Writes the inside of a JSON string as UTF-8. What stands for half a character becomes U+FFFD.
     *
     * @param into takes at most {@code end - start} bytes
     * @return where the text ends in {@code into}
     */
    public static int unescape(byte[] json, int start, int end, byte[] into, int from) {
        int out = from;
        int at = start;
        while (at < end) {
            byte b = json[at++];
            if (b != '\\' || at == end) {
                into[out++] = b;
                continue;
            }
            byte escape = json[at++];
            if (escape != 'u') {
                into[out++] = control(escape);
                continue;
            }
            int unit = hex(json, at, end);
            at = Math.min(end, at + 4);
            int low = Character.isHighSurrogate((char) unit) && at + 6 <= end && json[at] == '\\' && json[at + 1] == 'u'
                    ? hex(json, at + 2, end)
                    : 0;
            if (Character.isLowSurrogate((char) low)) {
                at += 6;
                out = utf8(Character.toCodePoint((char) unit, (char) low), into, out);
            } else {
                out = utf8(Character.isSurrogate((char) unit) ? 0xfffd : unit, into, out);
            }
        }
        return out;
    }

    private static byte control(byte escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escape;
        };
    }

    private static int hex(byte[] json, int at, int end) {
        int value = 0;
        for (int i = at; i < Math.min(end, at + 4); i++) {
            value = (value << 4) | Math.max(0, Character.digit(json[i], 16));
        }
        return value;
    }

    private static int utf8(int character, byte[] into, int from) {
        int out = from;
        if (character < 0x80) {
            into[out++] = (byte) character;
            return out;
        }
        int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
        into[out++] = (byte) ((0xff00 >> (more + 1)) | (character >> (6 * more)));
        for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
            into[out++] = (byte) (0x80 | ((character >> shift) & 0x3f));
        }
        return out;
    }
}
