package dev.logagent.api;

import java.util.Arrays;

/** Finds short words in bytes without making a {@code String}. Case does not count, nor what follows the eighth letter but its length. */
final class WordTable {

    private static final int SIZE = 256;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    private static final int LONGEST = 13;

    private final long[] words = new long[SIZE];
    private final int[] places = new int[SIZE];
    private int count;

    WordTable() {
        Arrays.fill(places, -1);
    }

    /** Adds a word; it gets the next place, from 0. */
    void add(String word) {
        long packed = 0;
        for (int i = 0; i < Math.min(8, word.length()); i++) {
            packed = (packed << 8) | (word.charAt(i) | 0x20);
        }
        packed = packed * 31 + word.length();
        int at = slot(packed);
        while (places[at] >= 0) {
            at = (at + 1) % SIZE;
        }
        words[at] = packed;
        places[at] = count++;
    }

    /** The place of a word, or -1. */
    int placeOf(byte[] bytes, int start, int end) {
        if (start == end || end - start > LONGEST) {
            return -1;
        }
        long packed = 0;
        for (int i = start; i < Math.min(start + 8, end); i++) {
            packed = (packed << 8) | ((bytes[i] & 0xff) | 0x20);
        }
        packed = packed * 31 + (end - start);
        for (int at = slot(packed); places[at] >= 0; at = (at + 1) % SIZE) {
            if (words[at] == packed) {
                return places[at];
            }
        }
        return -1;
    }

    private static int slot(long packed) {
        return (int) ((packed * SPREAD) >>> 56);
    }
}
