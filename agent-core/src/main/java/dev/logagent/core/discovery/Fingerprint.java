package dev.logagent.core.discovery;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * A hash of some bytes of a file: of its first ones (the head, which grows with the file up to {@link #HEAD_BYTES}), or
 * of those before a position (the marker). Says whether a file still holds what it held.
 *
 * @param length how many bytes were hashed
 * @param hash CRC-32C in the upper half, CRC-32 in the lower: no protection against malice, only against accidents
 */
public record Fingerprint(int length, long hash) {

    /** The longest head that is hashed. */
    public static final int HEAD_BYTES = 1024;

    /** The longest marker. */
    public static final int MARKER_BYTES = 64;

    /** A head of fewer bytes never shows that two files are the same: too many logs begin alike. */
    public static final int TELLING_BYTES = 64;

    /** The fingerprint of nothing: everything matches it. */
    public static final Fingerprint EMPTY = of(new byte[0], 0, 0);

    /** The fingerprint of {@code bytes[start .. end)}. */
    public static Fingerprint of(byte[] bytes, int start, int end) {
        return new Fingerprint(
                end - start,
                checksum(new CRC32C(), bytes, start, end) << 32 | checksum(new CRC32(), bytes, start, end));
    }

    /** Whether {@code bytes[start .. end)} begin with the bytes that were hashed. */
    public boolean isPrefixOf(byte[] bytes, int start, int end) {
        return end - start >= length && of(bytes, start, start + length).equals(this);
    }

    private static long checksum(Checksum checksum, byte[] bytes, int start, int end) {
        checksum.update(bytes, start, end - start);
        return checksum.getValue();
    }
}
