package dev.logagent.api;

/** The severities that every event is normalised to, the mildest first. */
public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    /** How far into a line a level word is looked for, in bytes: prefixes are short, messages may say "error" too. */
    private static final int PREFIX_BYTES = 96;

    /**
     * Finds the first level word that stands alone, in upper case or as {@code level=word}, near the start of a line.
     *
     * @return the level, or {@link #INFO} when the line names none
     */
    public static Level detect(byte[] bytes, int start, int end) {
        int limit = Math.min(end, start + PREFIX_BYTES);
        int at = start;
        while (at < limit) {
            int wordStart = at;
            while (at < end && isLetter(bytes[at])) {
                at++;
            }
            if (at - wordStart >= 3) {
                Level level = ofWord(bytes, wordStart, at);
                if (level != null && (isUpper(bytes[wordStart + 1]) || followsLevelKey(bytes, start, wordStart))) {
                    return level;
                }
            }
            at = Math.max(at, wordStart + 1);
        }
        return INFO;
    }

    private static @org.jspecify.annotations.Nullable Level ofWord(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length > 9) {
            return null;
        }
        char[] word = new char[length];
        for (int i = 0; i < length; i++) {
            word[i] = (char) (bytes[start + i] & ~0x20);
        }
        return switch (new String(word)) {
            case "TRACE" -> TRACE;
            case "DEBUG" -> DEBUG;
            case "INFO", "NOTICE" -> INFO;
            case "WARN", "WARNING" -> WARNING;
            case "ERR", "ERROR", "SEVERE" -> ERROR;
            case "CRIT", "CRITICAL", "FATAL", "ALERT", "EMERG", "EMERGENCY", "PANIC" -> CRITICAL;
            default -> null;
        };
    }

    /** Whether {@code level=}, {@code "level":"} or the like stands before the word. */
    private static boolean followsLevelKey(byte[] bytes, int start, int word) {
        int at = word - 1;
        boolean separated = false;
        while (at >= start && (bytes[at] == '"' || bytes[at] == ' ' || bytes[at] == ':' || bytes[at] == '=')) {
            separated |= bytes[at] == ':' || bytes[at] == '=';
            at--;
        }
        return separated
                && at - 2 >= start
                && (bytes[at] | 0x20) == 'l'
                && isLetter(bytes[at - 1])
                && isLetter(bytes[at - 2]);
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }
}
