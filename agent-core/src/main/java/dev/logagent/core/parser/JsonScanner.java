package dev.logagent.core.parser;

import dev.logagent.api.encode.Utf8;

/** Finds where JSON values end, and that they are valid: RFC 8259 with nothing added. */
final class JsonScanner {

    /** Deeper nesting is not taken for a log line. */
    private static final int DEEPEST = 64;

    /** Said of what is not valid. */
    static final int INVALID = -1;

    private JsonScanner() {}

    static int skipSpace(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** Where the value that begins at {@code at} ends, or {@link #INVALID}. */
    static int value(byte[] bytes, int at, int end) {
        return value(bytes, at, end, 0);
    }

    private static int value(byte[] bytes, int at, int end, int depth) {
        if (at >= end || depth > DEEPEST) {
            return INVALID;
        }
        return switch (bytes[at]) {
            case '"' -> string(bytes, at, end);
            case '{', '[' -> container(bytes, at, end, depth);
            case 't' -> word(bytes, at, end, "true");
            case 'f' -> word(bytes, at, end, "false");
            case 'n' -> word(bytes, at, end, "null");
            default -> number(bytes, at, end);
        };
    }

    private static int word(byte[] bytes, int at, int end, String word) {
        return Bytes.startWith(bytes, at, end, word) ? at + word.length() : INVALID;
    }

    private static int container(byte[] bytes, int from, int end, int depth) {
        boolean isObject = bytes[from] == '{';
        char close = isObject ? '}' : ']';
        int at = skipSpace(bytes, from + 1, end);
        if (at < end && bytes[at] == close) {
            return at + 1;
        }
        while (at < end) {
            if (isObject) {
                at = key(bytes, at, end);
                if (at == INVALID) {
                    return INVALID;
                }
            }
            at = value(bytes, at, end, depth + 1);
            if (at == INVALID) {
                return INVALID;
            }
            at = skipSpace(bytes, at, end);
            if (at < end && bytes[at] == close) {
                return at + 1;
            }
            if (at >= end || bytes[at] != ',') {
                return INVALID;
            }
            at = skipSpace(bytes, at + 1, end);
        }
        return INVALID;
    }

    /** Passes over a key, its colon and the space around it. */
    private static int key(byte[] bytes, int from, int end) {
        int at = string(bytes, from, end);
        if (at == INVALID) {
            return INVALID;
        }
        at = skipSpace(bytes, at, end);
        return at < end && bytes[at] == ':' ? skipSpace(bytes, at + 1, end) : INVALID;
    }

    /** Where the string that begins with the quote at {@code from} ends, or {@link #INVALID}. */
    static int string(byte[] bytes, int from, int end) {
        if (from >= end || bytes[from] != '"') {
            return INVALID;
        }
        int at = from + 1;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\') {
                at = escape(bytes, at, end);
                if (at == INVALID) {
                    return INVALID;
                }
            } else if (b < 0) {
                int length = Utf8.sequenceLength(bytes, at, end);
                if (length < 0) {
                    return INVALID;
                }
                at += length;
            } else if (b < ' ') {
                return INVALID;
            } else {
                at++;
            }
        }
        return INVALID;
    }

    private static int escape(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return INVALID;
        }
        if (bytes[at + 1] != 'u') {
            return Bytes.indexOf(ESCAPES, 0, ESCAPES.length, (char) bytes[at + 1]) < 0 ? INVALID : at + 2;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (i >= end || Character.digit(bytes[i], 16) < 0) {
                return INVALID;
            }
        }
        return at + 6;
    }

    private static final byte[] ESCAPES = {'"', '\\', '/', 'b', 'f', 'n', 'r', 't'};

    private static int number(byte[] bytes, int from, int end) {
        int at = from < end && bytes[from] == '-' ? from + 1 : from;
        int whole = digits(bytes, at, end);
        if (whole == at || (bytes[at] == '0' && whole > at + 1)) {
            return INVALID;
        }
        at = whole;
        if (at < end && bytes[at] == '.') {
            int fraction = digits(bytes, at + 1, end);
            if (fraction == at + 1) {
                return INVALID;
            }
            at = fraction;
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            int sign = at + 1 < end && (bytes[at + 1] == '+' || bytes[at + 1] == '-') ? at + 2 : at + 1;
            int exponent = digits(bytes, sign, end);
            return exponent == sign ? INVALID : exponent;
        }
        return at;
    }

    private static int digits(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && Bytes.isDigit(bytes[at])) {
            at++;
        }
        return at;
    }
}
