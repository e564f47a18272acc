package dev.logagent.api.encode;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing array of bytes that knows how to write JSON from bytes, without a {@code String} in between.
 *
 * <p>Confined to one thread. {@link #clear()} makes it empty and keeps the array, so that a sender can use one for many
 * batches.
 */
public final class JsonBuffer {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private byte[] bytes;
    private int length;
    private int replacements;

    public JsonBuffer(int initialCapacity) {
        this.bytes = new byte[Math.max(16, initialCapacity)];
    }

    /** The bytes of a text that has only ASCII characters. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Makes the buffer empty and keeps its array. */
    public void clear() {
        length = 0;
        replacements = 0;
    }

    /** The number of bytes written. */
    public int length() {
        return length;
    }

    /** The array behind the buffer, of which the first {@link #length()} bytes count. It changes when the buffer grows. */
    public byte[] array() {
        return bytes;
    }

    /** How many invalid UTF-8 sequences have been written as U+FFFD since the last {@link #clear()}. */
    public int replacements() {
        return replacements;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    /** What has been written, as text. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Appends bytes as they are. */
    public JsonBuffer raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /** Appends {@code source[start .. end)} as it is. */
    public JsonBuffer raw(byte[] source, int start, int end) {
        int count = end - start;
        ensure(count);
        System.arraycopy(source, start, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends what this buffer holds from {@code start} (inclusive) to {@code end} (exclusive) once more. */
    public JsonBuffer again(int start, int end) {
        ensure(end - start);
        return raw(bytes, start, end);
    }

    /** Appends one ASCII character as it is. */
    public JsonBuffer raw(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Appends the last {@code width} decimal digits of a number that is not negative. */
    public JsonBuffer digits(int value, int width) {
        ensure(width);
        int rest = value;
        for (int at = length + width - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
        return this;
    }

    /** Appends a decimal number that is not negative. */
    public JsonBuffer number(long value) {
        int width = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            width++;
        }
        ensure(width);
        long rest = value;
        for (int at = length + width - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
        return this;
    }

    /** Appends a number in hexadecimal, without leading zeros. */
    public JsonBuffer hexNumber(long value) {
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
        ensure(digits);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (value >>> shift) & 15];
        }
        return this;
    }

    /** Appends all sixteen hexadecimal digits of a number. */
    public JsonBuffer hex(long value) {
        ensure(16);
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (value >>> shift) & 15];
        }
        return this;
    }

    /** Appends the text as a JSON string with its quotes. */
    public JsonBuffer string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return raw('"').escaped(utf8, 0, utf8.length).raw('"');
    }

    /** Appends {@code ,"key":"value"}, or nothing when the value is null. */
    public JsonBuffer member(String key, @Nullable String value) {
        return value == null ? this : raw(',').string(key).raw(':').string(value);
    }

    /** Appends {@code source[start .. end)} as the inside of a JSON string, which it may be already. */
    public JsonBuffer text(byte[] source, int start, int end, boolean isJson) {
        return isJson ? raw(source, start, end) : escaped(source, start, end);
    }

    /**
     * Appends {@code source[start .. end)} as the inside of a JSON string (RFC 8259, section 7). Valid UTF-8 is kept;
     * each maximal invalid part becomes U+FFFD (as the Unicode Standard recommends in section 3.9) and is counted.
     */
    public JsonBuffer escaped(byte[] source, int start, int end) {
        int from = start;
        int at = start;
        while (at < end) {
            at = skipPlain(source, at, end);
            if (at >= end) {
                break;
            }
            byte b = source[at];
            if (b < 0) {
                int sequence = Utf8.sequenceLength(source, at, end);
                if (sequence > 0) {
                    at += sequence;
                    continue;
                }
                raw(source, from, at).raw(REPLACEMENT);
                replacements++;
                at -= sequence;
            } else {
                raw(source, from, at);
                escape(b);
                at++;
            }
            from = at;
        }
        return raw(source, from, end);
    }

    /** The first byte from {@code at} on that is not plain: below 0x20, a quote, a backslash or above 0x7f. */
    private static int skipPlain(byte[] source, int at, int end) {
        int i = at;
        while (i <= end - 16) {
            if ((special((long) LONGS.get(source, i)) | special((long) LONGS.get(source, i + 8))) != 0) {
                break;
            }
            i += 16;
        }
        if (i <= end - 8 && special((long) LONGS.get(source, i)) == 0) {
            i += 8;
        }
        while (i < end && isPlain(source[i])) {
            i++;
        }
        return i;
    }

    /** Not 0 if any of eight bytes is not plain. Where a byte is above 0x7f, the sums may carry, which then is no matter. */
    private static long special(long word) {
        long notControl = word + 0x60 * ONES;
        long notQuote = (word ^ 0x22 * ONES) + 0x7f * ONES;
        long notBackslash = (word ^ 0x5c * ONES) + 0x7f * ONES;
        return (word | ~(notControl & notQuote & notBackslash)) & HIGH_BITS;
    }

    private static boolean isPlain(byte b) {
        return b >= 0x20 && b != '"' && b != '\\';
    }

    private void escape(byte b) {
        ensure(6);
        bytes[length++] = '\\';
        switch (b) {
            case '"', '\\' -> bytes[length++] = b;
            case '\t' -> bytes[length++] = 't';
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\b' -> bytes[length++] = 'b';
            case '\f' -> bytes[length++] = 'f';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[b >>> 4];
                bytes[length++] = HEX[b & 15];
            }
        }
    }

    private void ensure(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
        }
    }
}
