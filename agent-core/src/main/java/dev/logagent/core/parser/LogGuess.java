package dev.logagent.core.parser;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.ParsedLinesBuilder;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.ParserConfig;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Finds out how a log would be parsed, without reading more than its beginning. Safe for use by several threads. */
public final class LogGuess {

    /** So many lines show it. */
    private static final int MOST_LINES = 8;

    private final ParsedLinesBuilder found = new ParsedLinesBuilder();
    private final TimeReader times = new TimeReader(new ZoneTimes(ZoneOffset.UTC));
    private final Line line = new Line(found, times);

    /**
     * The name of the parser that {@value ParserConfig#AUTO} chooses.
     *
     * @param firstBytes how the file begins, perhaps cut inside a line; if empty, only its path can tell
     * @return {@value ParserConfig#AUTO} if that is to be seen
     */
    public synchronized String parserOf(String path, byte[] firstBytes) {
        if (firstBytes.length == 0) {
            LogFormat hinted = LogFormat.hintedAt(path);
            return hinted == null ? ParserConfig.AUTO : hinted.key();
        }
        times.readAt(System.currentTimeMillis());
        LogFormat chosen = FileFormat.choose(path, lines(path, firstBytes), line);
        found.reset();
        return chosen == null ? ParserConfig.PLAIN : chosen.key();
    }

    private static LineRun lines(String path, byte[] bytes) {
        int[] starts = new int[MOST_LINES + 1];
        int count = 0;
        for (int at = 0; at < bytes.length && count < MOST_LINES; at++) {
            if (bytes[at] == '\n') {
                starts[++count] = at + 1;
            }
        }
        if (count == 0) {
            starts[++count] = bytes.length;
        }
        return new LineRun(
                SourceInfo.named("guess"),
                new FileInfo(path, 0),
                0,
                bytes,
                Arrays.copyOf(starts, count + 1),
                count,
                0,
                false);
    }
}
