package dev.logagent.core.regex;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in the JDK's engine, which is several times as fast as RE2's where it need not go back, and has no bound where
 * it must. So it may look at each byte only so often; beyond that, and where the two might disagree, it says that it does
 * not know. Safe for use by several threads.
 */
final class QuickPattern {

    private static final int[] UNKNOWN = {};

    /** How often each byte may be looked at, on average. */
    private static final int LOOKS = 16;

    private static final int LEAST_LOOKS = 256;

    private final Pattern pattern;

    private QuickPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The pattern, or null if it has parts that the engines may understand differently. */
    static @Nullable QuickPattern of(String re2) {
        String regex = new Re2ToJdk(re2).translate();
        return regex == null ? null : new QuickPattern(Pattern.compile(regex, Pattern.UNIX_LINES));
    }

    /** The places of the first match in {@code bytes[start .. end)} and its groups; null if there is none; empty if it does not know. */
    int @Nullable [] find(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] < 0) {
                return UNKNOWN;
            }
        }
        Matcher matcher = pattern.matcher(new Text(bytes, start, end - start));
        try {
            if (!matcher.find()) {
                return null;
            }
        } catch (TooManyLooks e) {
            return UNKNOWN;
        }
        int[] places = new int[2 * (matcher.groupCount() + 1)];
        for (int group = 0; group < places.length / 2; group++) {
            boolean isThere = matcher.start(group) >= 0;
            places[2 * group] = isThere ? start + matcher.start(group) : -1;
            places[2 * group + 1] = isThere ? start + matcher.end(group) : -1;
        }
        return places;
    }

    /** ASCII that counts how often it is looked at. */
    private static final class Text implements CharSequence {
        private final byte[] bytes;
        private final int start;
        private final int length;
        private int looks;

        Text(byte[] bytes, int start, int length) {
            this.bytes = bytes;
            this.start = start;
            this.length = length;
            this.looks = Math.max(LEAST_LOOKS, LOOKS * length);
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            if (--looks < 0) {
                throw new TooManyLooks();
            }
            return (char) bytes[start + index];
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Text(bytes, start + from, to - from);
        }

        @Override
        public String toString() {
            return new String(bytes, start, length, StandardCharsets.US_ASCII);
        }
    }

    /** Without a stack trace, because it is nobody's mistake. */
    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super("the pattern goes back too often", null, false, false);
        }
    }
}
