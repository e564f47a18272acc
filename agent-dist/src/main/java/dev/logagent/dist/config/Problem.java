package dev.logagent.dist.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the configuration, ready to be shown: it holds no secret.
 *
 * @param file the file as the user would name it; empty when the problem is in none
 * @param line from 1; 0 when it concerns the file as a whole
 * @param column in characters, from 1; 0 when it concerns the file as a whole
 * @param length how many characters are at fault
 * @param message what is wrong, without a full stop
 * @param hint what to do about it; may have several lines; or null
 * @param excerpt the line in question, or null when there is nothing to point at
 */
public record Problem(
        String file,
        int line,
        int column,
        int length,
        String message,
        @Nullable String hint,
        @Nullable Excerpt excerpt) {

    /** A problem with the file as a whole. */
    static Problem ofFile(String file, String message, @Nullable String hint) {
        return new Problem(file, 0, 0, 0, message, hint, null);
    }

    /**
     * The line in question with secrets masked; where they were, carets may have moved.
     *
     * @param line without its end
     * @param caret where the carets begin, in characters from 1
     * @param length how many carets there are, at least 1
     */
    public record Excerpt(String line, int caret, int length) {}
}
