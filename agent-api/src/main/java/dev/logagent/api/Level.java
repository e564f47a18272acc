package dev.logagent.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    private static final String[][] PLAIN = {
        {"trace"},
        {"debug"},
        {"info", "notice"},
        {"warn", "warning"},
        {"err", "error", "severe"},
        {"crit", "critical", "fatal", "alert", "emerg", "emergency", "panic"}
    };

    private static final int PLAIN_WORDS =
            Arrays.stream(PLAIN).mapToInt(words -> words.length).sum();

    private static final WordTable WORDS = new WordTable();
    private static final Level[] LEVEL_OF_WORD = new Level[64];

    /** Words that mean a level only where one is expected. */
    private static final String[][] IN_PLACE = {
        {"t", "v", "trc", "verbose", "finest", "finer", "all"},
        {"d", "dbg", "fine", "debug1", "debug2", "debug3", "debug4", "debug5"},
        {
            "i",
            "n",
            "inf",
            "information",
            "informational",
            "config",
            "log",
            "statement",
            "detail",
            "hint",
            "success",
            "ok"
        },
        {"w", "wrn"},
        {"e", "eror", "failure"},
        {"c", "f", "ftl", "crt", "emg", "dpanic"}
    };

    /**
     * Finds the first level word that stands alone, in upper case or as {@code level=word}, near the start of a line.
     *
     * @return the level, or {@link #INFO} when the line names none
     */
    public static Level detect(byte[] bytes, int start, int end) {
        int limit = Math.min(end, start + PREFIX_BYTES);
        int at = start;
        while (at < limit) {
            if (!isLetter(bytes[at])) {
                at++;
                continue;
            }
            int wordStart = at++;
            while (at < end && isLetter(bytes[at])) {
                at++;
            }
            // Most words are not written like one: no need to look them up.
            if (at - wordStart >= 3 && (isUpper(bytes[wordStart + 1]) || followsLevelKey(bytes, start, wordStart))) {
                int place = WORDS.placeOf(bytes, wordStart, at);
                if (place >= 0 && place < PLAIN_WORDS) {
                    return LEVEL_OF_WORD[place];
                }
            }
        }
        return INFO;
    }

    /**
     * The level that a word means where a level is expected, in any case: also single letters, and words that only some
     * programs use.
     *
     * @return null if it is none
     */
    public static @Nullable Level ofWord(byte[] bytes, int start, int end) {
        int place = WORDS.placeOf(bytes, start, end);
        return place < 0 ? null : LEVEL_OF_WORD[place];
    }

    /** The level of a syslog severity, 0 to 7. */
    public static Level ofSeverity(int severity) {
        return severity <= 2
                ? CRITICAL
                : severity == 3 ? ERROR : severity == 4 ? WARNING : severity <= 6 ? INFO : DEBUG;
    }

    /** The level of an HTTP status: 5xx are errors, 4xx warnings. */
    public static Level ofHttpStatus(int status) {
        return status >= 500 ? ERROR : status >= 400 ? WARNING : INFO;
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

    static {
        int places = 0;
        for (String[][] words : new String[][][] {PLAIN, IN_PLACE}) {
            for (int level = 0; level < words.length; level++) {
                for (String word : words[level]) {
                    WORDS.add(word);
                    LEVEL_OF_WORD[places++] = values()[level];
                }
            }
        }
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }
}
