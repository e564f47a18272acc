package dev.logagent.core.parser;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values by ASCII keys that are looked up in bytes, without making a {@code String}; case does not count. */
final class KeyTable<V> {

    private static final int SIZE = 512;
    private static final int PRIME = 31;

    private final byte[] @Nullable [] keys = new byte[SIZE][];
    private final @Nullable Object[] values = new Object[SIZE];

    /** @param key in lower case */
    void put(String key, V value) {
        byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
        int slot = slot(bytes, 0, bytes.length);
        while (keys[slot] != null) {
            slot = (slot + 1) % SIZE;
        }
        keys[slot] = bytes;
        values[slot] = value;
    }

    @SuppressWarnings("unchecked") // only put() fills the array, and only with values of the type
    @Nullable V get(byte[] bytes, int start, int end) {
        int slot = slot(bytes, start, end);
        byte[] key = keys[slot];
        while (key != null) {
            if (isSame(key, bytes, start, end)) {
                return (V) values[slot];
            }
            slot = (slot + 1) % SIZE;
            key = keys[slot];
        }
        return null;
    }

    private static boolean isSame(byte[] key, byte[] bytes, int start, int end) {
        if (key.length != end - start) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (key[i] != lower(bytes[start + i])) {
                return false;
            }
        }
        return true;
    }

    private static int slot(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * PRIME + lower(bytes[i]);
        }
        return (hash ^ (hash >>> 15)) & (SIZE - 1);
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }
}
