package dev.logagent.api;

import dev.logagent.api.encode.Hex;
import java.nio.charset.StandardCharsets;

/**
 * One line of a run, for those who need events one by one.
 *
 * @param run the run that holds the line
 * @param line which line of the run
 */
public record LogEvent(LineRun run, int line) {

    public SourceInfo source() {
        return run.source();
    }

    /** The service the event belongs to: the configured one, else the source's name. */
    public String service() {
        return run.source().effectiveService();
    }

    /** The severity named in the line, {@link Level#INFO} if it names none. */
    public Level level() {
        return Level.detect(run.bytes(), run.start(line), run.end(line));
    }

    /** The line without its terminator; bytes that are not UTF-8 become U+FFFD. A copy: not for the hot path. */
    public String text() {
        int start = run.start(line);
        return new String(run.bytes(), start, run.end(line) - start, StandardCharsets.UTF_8);
    }

    /** The position of the line in its file, in bytes. */
    public long offset() {
        return run.offset(line);
    }

    /**
     * The event's stable id: the same line has the same id over retries and restarts, so a receiver can drop repeats.
     * Sixteen hexadecimal digits of the file's lineage, a hyphen, the offset in hexadecimal.
     */
    public String id() {
        return Hex.sixteenDigits(run.file().lineage()) + "-" + Long.toHexString(offset());
    }
}
