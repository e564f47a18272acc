package dev.logagent.core.regex;

import org.jspecify.annotations.Nullable;

/**
 * Writes a valid RE2 pattern as the JDK's engine understands it on ASCII. Leaves aside whatever the two may take for
 * different things, and groups that repeat, for which the JDK's engine needs the stack.
 */
final class Re2ToJdk {

    private static final String SPACES = "\\t\\n\\f\\r ";
    private static final String LETTERS_ALIKE = "dDwWbBtnrf";

    private final String re2;
    private final StringBuilder out = new StringBuilder();
    private int at;

    Re2ToJdk(String re2) {
        this.re2 = re2;
    }

    /** The pattern, its groups numbered as they were but without names; null if it cannot be written. */
    @Nullable String translate() {
        while (at < re2.length()) {
            if (!one()) {
                return null;
            }
        }
        return out.toString();
    }

    private boolean one() {
        char c = re2.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case ')' -> !repeats(peek()) && append(c);
            case '[' -> set();
            case '\\' -> escape(false);
            case '$' -> append("\\z");
            case '{' -> counts() && append(c);
            default -> isPlain(c) && append(c);
        };
    }

    private boolean group() {
        if (peek() != '?') {
            return append('(');
        }
        if (re2.startsWith("?:", at)) {
            at += 2;
            return append("(?:");
        }
        int name = re2.indexOf('<', at);
        if (name != at + 1 && !(name == at + 2 && re2.charAt(at + 1) == 'P')) {
            return false; // flags
        }
        at = re2.indexOf('>', at) + 1;
        return append('(');
    }

    private static boolean repeats(char c) {
        return c == '*' || c == '+' || c == '{';
    }

    /** Whether a brace counts repetitions: others stand for themselves. */
    private boolean counts() {
        int close = re2.indexOf('}', at);
        return close > at
                && Character.isDigit(re2.charAt(at))
                && re2.substring(at, close).chars().allMatch(c -> c == ',' || Character.isDigit(c));
    }

    private boolean set() {
        append('[');
        if (peek() == '^') {
            at++;
            append('^');
        }
        if (peek() == ']') {
            return false; // a bracket in its own set
        }
        while (at < re2.length()) {
            char c = re2.charAt(at++);
            if (c == ']') {
                return append(c);
            }
            boolean isFine = switch (c) {
                case '[' -> peek() != ':' && append("\\[");
                case '&', '^', '~' -> append('\\') && append(c);
                case '\\' -> escape(true);
                default -> isPlain(c) && append(c);
            };
            if (!isFine) {
                return false;
            }
        }
        return false;
    }

    private boolean escape(boolean inSet) {
        char c = re2.charAt(at++);
        if (c == 's') {
            return append(inSet ? SPACES : "[" + SPACES + "]");
        }
        if (c == 'S') {
            return !inSet && append("[^" + SPACES + "]");
        }
        boolean isAlike = isPlain(c) && !Character.isLetterOrDigit(c);
        return (isAlike || LETTERS_ALIKE.indexOf(c) >= 0) && append('\\') && append(c);
    }

    private char peek() {
        return at < re2.length() ? re2.charAt(at) : 0;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private boolean append(char c) {
        out.append(c);
        return true;
    }

    private boolean append(String text) {
        out.append(text);
        return true;
    }
}
