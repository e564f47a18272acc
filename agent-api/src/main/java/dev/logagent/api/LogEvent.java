package dev.logagent.api;

import dev.logagent.api.encode.Hex;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * The service the event belongs to: the configured one, else the one that the line names, else the one that its file
     * tells, else the source's name.
     */
    public String service() {
        String configured = run.source().service();
        ParsedLines parsed = run.parsed();
        if (configured != null || parsed == null) {
            return run.source().effectiveService();
        }
        String found = value(visitor -> parsed.visitService(run, line, visitor));
        String told = found == null ? parsed.origin().service() : found;
        return told == null ? run.source().name() : told;
    }

    /** The component: the configured one, else the one that the line names, else the one that its file tells, else null. */
    public @Nullable String component() {
        String configured = run.source().component();
        ParsedLines parsed = run.parsed();
        if (configured != null || parsed == null) {
            return configured;
        }
        String found = value(visitor -> parsed.visitComponent(run, line, visitor));
        return found == null ? parsed.origin().component() : found;
    }

    /** The severity that the line names, {@link Level#INFO} if it names none. */
    public Level level() {
        return run.level(line);
    }

    /** The line's own time, else when it was read; in milliseconds since the epoch. */
    public long timestampMillis() {
        return run.timestampMillis(line);
    }

    /** The line without its prefix, the whole line if it was not parsed. A copy: not for the hot path. */
    public String message() {
        ParsedLines parsed = run.parsed();
        String found = parsed == null ? null : value(visitor -> parsed.visitMessage(run, line, visitor));
        return found == null ? text() : found;
    }

    /**
     * What is known besides: the tags of the source, then what the path of the file says, then what was found in the line.
     * Numbers and nested values are JSON; strings are not quoted. A copy: not for the hot path.
     */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>(run.source().tags());
        ParsedLines parsed = run.parsed();
        if (parsed != null) {
            parsed.origin().metadata().forEach(metadata::putIfAbsent);
            parsed.visitFields(run, line, (names, nameStart, nameEnd, bytes, start, end, isJson) -> {
                String name = JsonText.unescape(names, nameStart, nameEnd);
                metadata.putIfAbsent(name, isJson ? JsonText.plain(bytes, start, end) : utf8(bytes, start, end));
            });
        }
        return metadata;
    }

    /** The line without its terminator; bytes that are not UTF-8 become U+FFFD. A copy: not for the hot path. */
    public String text() {
        return utf8(run.bytes(line), run.start(line), run.end(line));
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

    /** Appends the {@link #id()}, without making a {@code String} of it. */
    public void writeId(JsonBuffer out) {
        out.hex(run.file().lineage()).raw('-').hexNumber(offset());
    }

    private interface Visit {
        boolean with(ParsedLines.Visitor visitor);
    }

    private static @Nullable String value(Visit visit) {
        String[] value = {""};
        boolean found = visit.with((bytes, start, end, isJson) ->
                value[0] = isJson ? JsonText.unescape(bytes, start, end) : utf8(bytes, start, end));
        return found ? value[0] : null;
    }

    private static String utf8(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
