package dev.logagent.core.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.logagent.api.encode.Utf8;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression (RE2) that is looked for in lines. The time a line takes is bounded by its length, whatever the
 * expression. Safe for use by several threads.
 */
public final class LinePattern {

    /** Stands for a byte that is not UTF-8, because the engine would take its neighbours for a part of the character. */
    private static final byte INVALID = 0x1a;

    private final Pattern pattern;
    private final @Nullable QuickPattern quick;

    private LinePattern(Pattern pattern, @Nullable QuickPattern quick) {
        this.pattern = pattern;
        this.quick = quick;
    }

    /**
     * Takes an expression.
     *
     * @throws IllegalArgumentException with a message for the user if it is none
     */
    public static LinePattern compile(String regex) {
        try {
            return new LinePattern(Pattern.compile(regex), QuickPattern.of(regex));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + ": '" + e.getPattern() + "'", e);
        }
    }

    /** The numbers of the named groups. */
    public Map<String, Integer> namedGroups() {
        return pattern.namedGroups();
    }

    /** Whether {@code bytes[start .. end)} hold a match. */
    public boolean isIn(byte[] bytes, int start, int end) {
        return find(bytes, start, end) != null;
    }

    /**
     * The first match in {@code bytes[start .. end)}.
     *
     * @return for each group, the whole match being the first, where it starts and where it ends in the array, -1 if it took
     *     no part; null if there is no match
     */
    public int @Nullable [] find(byte[] bytes, int start, int end) {
        int[] places = quick == null ? null : quick.find(bytes, start, end);
        boolean isKnown = quick != null && (places == null || places.length > 0);
        return isKnown ? places : slowly(bytes, start, end);
    }

    private int @Nullable [] slowly(byte[] bytes, int start, int end) {
        Matcher matcher = matcher(bytes, start, end);
        if (!matcher.find()) {
            return null;
        }
        int[] places = new int[2 * (pattern.groupCount() + 1)];
        for (int group = 0; group < places.length / 2; group++) {
            boolean isThere = matcher.start(group) >= 0;
            places[2 * group] = isThere ? start + matcher.start(group) : -1;
            places[2 * group + 1] = isThere ? start + matcher.end(group) : -1;
        }
        return places;
    }

    private Matcher matcher(byte[] bytes, int start, int end) {
        return pattern.matcher(Utf8.replaceInvalid(bytes, start, end, INVALID));
    }
}
