package dev.logagent.dist.config;

import java.util.Arrays;

/** A line of which pieces are replaced, while a span in it is followed to where it is then. For one use. */
final class MaskedLine {

    private static final String MASK = "***";

    private final String line;
    private final boolean[] hidden;
    private final int caret;
    private final int end;

    /**
     * A line with nothing replaced.
     *
     * @param caret where the span begins
     * @param end where it ends
     */
    MaskedLine(String line, int caret, int end) {
        this.line = line;
        this.hidden = new boolean[line.length()];
        this.caret = caret;
        this.end = end;
    }

    /** Replaces the {@code char}s from {@code from} to before {@code to}. */
    void mask(int from, int to) {
        Arrays.fill(hidden, from, Math.min(to, hidden.length), true);
    }

    Problem.Excerpt excerpt() {
        StringBuilder shown = new StringBuilder();
        int shownCaret = -1;
        int shownEnd = -1;
        for (int i = 0; i <= hidden.length; i++) {
            boolean first = i < hidden.length && hidden[i] && (i == 0 || !hidden[i - 1]);
            if (i == caret) {
                shownCaret = i < hidden.length && hidden[i] && !first ? shown.length() - MASK.length() : shown.length();
            }
            if (i == end) {
                shownEnd = shown.length();
            }
            if (first) {
                shown.append(MASK);
            } else if (i < hidden.length && !hidden[i]) {
                shown.append(line.charAt(i));
            }
        }
        int from = shown.codePointCount(0, shownCaret);
        int length = shown.codePointCount(shownCaret, Math.max(shownCaret, shownEnd));
        return new Problem.Excerpt(shown.toString(), from + 1, Math.max(1, length));
    }
}
