package dev.logagent.core.parser;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.ParserConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Parses lines in tests. */
final class Parsing {

    static final Instant READ_AT = Instant.parse("2026-11-21T12:00:00Z");

    private Parsing() {}

    static LineRun run(String path, Instant readAt, String... lines) {
        return run(path, readAt, String.join("\0", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** Lines that NULs separate, so that newlines may be in them. */
    private static LineRun run(String path, Instant readAt, byte[] bytes) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        byte[] block = new byte[bytes.length + 1];
        List<byte[]> texts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == 0) {
                texts.add(java.util.Arrays.copyOfRange(bytes, from, i));
                starts.add(i + 1);
                from = i + 1;
            }
        }
        return new LineRun(
                        SourceInfo.named("test"),
                        new FileInfo(path, path.hashCode()),
                        readAt.toEpochMilli(),
                        block,
                        starts.stream().mapToInt(Integer::intValue).toArray(),
                        texts.size(),
                        0,
                        false)
                .rewritten(texts.toArray(byte[][]::new));
    }

    static RunParser parser(String name, String zone, String... patterns) {
        return new RunParser(name, new ParserConfig(name, List.of(patterns), ZoneId.of(zone)));
    }

    static LogEvent event(String parser, String line) {
        return new LogEvent(parser(parser, "UTC").parse(run("/app.log", READ_AT, line)), 0);
    }
}
