package dev.logagent.core.parser;

/** Tells lines that only Python's programs write from those that Java's may write as well. */
final class PythonSigns implements LineParser {

    private static final LineParser LEVEL_FIRST = new LevelFirstParser();

    @Override
    public boolean parse(Line line) {
        boolean bracket = line.skip('[');
        if (!bracket && !Bytes.isDigit(line.peek(0))) {
            return LEVEL_FIRST.parse(line);
        }
        if (!line.time()) {
            return false;
        }
        return bracket ? server(line) : logging(line);
    }

    /** {@code 2026-01-31 23:59:59,123 - name - LEVEL - message}. */
    private static boolean logging(Line line) {
        return line.skip(" - ") && line.word() && line.skip("- ") && line.word() && line.level() && line.skip("- ");
    }

    /** {@code [2026-01-31 23:59:59,123: INFO/MainProcess] message} of celery, {@code [2026-01-31 23:59:59 +0000] [7] [INFO] message} of gunicorn. */
    private static boolean server(Line line) {
        if (line.skip(": ")) {
            return line.until('/') && line.level();
        }
        return line.skip("] [") && line.digits() && line.skip("] [") && line.until(']') && line.level();
    }
}
