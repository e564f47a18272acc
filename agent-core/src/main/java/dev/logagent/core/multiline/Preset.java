package dev.logagent.core.multiline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What stack traces of some languages look like. */
public enum Preset implements Grouping {

    /** Frames, causes, and the exception itself below the line that reports it; the second line of java.util.logging. */
    JAVA {
        @Override
        public boolean continues(byte[] bytes, int eventStart, int start, int end) {
            return isIndented(bytes, start, end)
                    || startsWith(bytes, start, end, "Caused by: ")
                    || startsWith(bytes, start, end, "Suppressed: ")
                    || isThrowable(bytes, start, end, true)
                    || (start == end && Text.contains(bytes, eventStart, start, "\n\tat "))
                    || (isJulian(bytes, eventStart, start) && isJulianLevel(bytes, start, end));
        }
    },

    /** Tracebacks, chained ones too, below the line that reports them. */
    PYTHON {
        @Override
        public boolean continues(byte[] bytes, int eventStart, int start, int end) {
            return isIndented(bytes, start, end)
                    || start == end
                    || startsWith(bytes, start, end, "Traceback (most recent call last):")
                    || startsWith(bytes, start, end, "During handling of the above exception,")
                    || startsWith(bytes, start, end, "The above exception was the direct cause")
                    || isThrowable(bytes, start, end, false);
        }
    },

    /** What a panic prints. */
    GO {
        @Override
        public boolean continues(byte[] bytes, int eventStart, int start, int end) {
            return isIndented(bytes, start, end)
                    || start == end
                    || startsWith(bytes, start, end, "goroutine ")
                    || startsWith(bytes, start, end, "created by ")
                    || startsWith(bytes, start, end, "[signal ")
                    || startsWith(bytes, start, end, "exit status ")
                    || isCall(bytes, start, end);
        }
    },

    /**
     * Any of these, for logs of which nothing is known: what looks like a trace of Python or Go belongs to one only below a
     * line that begins one, and only an event that may have a trace is waited for.
     */
    AUTO {
        @Override
        public boolean continues(byte[] bytes, int eventStart, int start, int end) {
            return JAVA.continues(bytes, eventStart, start, end)
                    || (PYTHON.continues(bytes, eventStart, start, end)
                            && (isTraceback(bytes, start, end)
                                    || Text.contains(bytes, eventStart, start, "Traceback (")))
                    || (GO.continues(bytes, eventStart, start, end)
                            && PANICS.stream().anyMatch(word -> Text.contains(bytes, eventStart, start, word)));
        }

        @Override
        public boolean mayGoOn(byte[] bytes, int eventStart, int end) {
            // Whoever writes JSON writes the trace into it.
            return (eventStart == end || bytes[eventStart] != '{')
                    && (TROUBLE.stream().anyMatch(word -> Text.contains(bytes, eventStart, end, word))
                            || isJulian(bytes, eventStart, end));
        }
    };

    /** What stands in lines that a trace may follow, or in traces. */
    private static final List<String> TROUBLE = List.of(
            "rror",
            "RROR",
            "xception",
            "hrowable",
            "Traceback (",
            "panic: ",
            "panic serving ",
            "goroutine ",
            "\tat ",
            "FATAL",
            "CRITICAL",
            "SEVERE",
            "WARN");

    /** What stands above or in the traces of Go. */
    private static final List<String> PANICS = List.of("panic: ", "panic serving ", "fatal error: ", "goroutine ");

    private static final List<String> THROWABLES =
            List.of("Exception", "Error", "Throwable", "Warning", "Interrupt", "Exit", "Group");

    /** The names that a configuration may use. */
    public static List<String> names() {
        return Arrays.stream(values())
                .map(preset -> preset.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static Preset named(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no multiline preset '" + name + "'"));
    }

    private static boolean isTraceback(byte[] bytes, int start, int end) {
        return startsWith(bytes, start, end, "Traceback (most recent call last):");
    }

    private static boolean isIndented(byte[] bytes, int start, int end) {
        return start < end && (bytes[start] == ' ' || bytes[start] == '\t');
    }

    private static boolean startsWith(byte[] bytes, int start, int end, String ascii) {
        if (end - start < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[start + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@code java.lang.IllegalStateException: why}, {@code ValueError: why}: a name that says so, alone or before a colon. */
    private static boolean isThrowable(byte[] bytes, int start, int end, boolean qualified) {
        int at = start;
        boolean dotted = false;
        while (at < end && isNamePart(bytes[at])) {
            dotted |= bytes[at] == '.';
            at++;
        }
        if (at == start || (qualified && !dotted) || (at < end && bytes[at] != ':')) {
            return false;
        }
        int stop = at;
        return THROWABLES.stream()
                .anyMatch(suffix ->
                        stop - start >= suffix.length() && startsWith(bytes, stop - suffix.length(), stop, suffix));
    }

    /** One line that begins like {@code Nov 21, 2026 9:56:40 PM}, as the first of java.util.logging's two lines does. */
    private static boolean isJulian(byte[] bytes, int start, int end) {
        int comma = start + 5;
        while (comma < end && comma <= start + 6 && bytes[comma] != ',') {
            comma++;
        }
        return comma + 7 < end
                && bytes[comma] == ','
                && bytes[start + 3] == ' '
                && bytes[comma + 6] == ' '
                && bytes[comma + 5] >= '0'
                && bytes[comma + 5] <= '9'
                && !Text.contains(bytes, start, end - 1, "\n");
    }

    private static boolean isJulianLevel(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] >= 'A' && bytes[at] <= 'Z') {
            at++;
        }
        return at > start + 3 && startsWith(bytes, at, end, ": ");
    }

    /** {@code main.(*Server).run(0xc000010000)}, {@code panic({0x6a1b20?, 0xc0000b2018?})}. */
    private static boolean isCall(byte[] bytes, int start, int end) {
        int at = start;
        boolean dotted = startsWith(bytes, start, end, "panic(");
        while (at < end && bytes[at] != ' ') {
            dotted |= bytes[at] == '.';
            if (dotted && bytes[at] == '(') {
                return bytes[end - 1] == ')';
            }
            at++;
        }
        return false;
    }

    private static boolean isNamePart(byte b) {
        int lower = b | 0x20;
        return (lower >= 'a' && lower <= 'z') || (b >= '0' && b <= '9') || b == '.' || b == '_' || b == '$';
    }
}
