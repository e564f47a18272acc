package dev.logagent.core.spool;

import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A process that works with the spool in {@code args[0]} until it has reached the point {@code args[2]} for the {@code
 * args[3]}th time, and then is gone from one moment to the next. What it has relied on stands in {@code args[1]}: {@code
 * written N} once a record is durable, {@code taken N} once one is resolved.
 */
final class SpoolWriter {

    /** How the process ends at the point. */
    static final int CRASHED = 77;

    private static final int RECORDS = 300;

    private SpoolWriter() {}

    public static void main(String[] args) throws IOException {
        Path journal = Path.of(args[1]);
        String crashAt = args[2];
        int times = Integer.parseInt(args[3]);
        Map<String, Integer> reached = new HashMap<>();
        CrashPoints points = point -> {
            if (reached.merge(point, 1, Integer::sum) == times && point.equals(crashAt)) {
                Runtime.getRuntime().halt(CRASHED);
            }
        };
        AgentEvents silent = new AgentEvents() {};
        try (Spool spool = Spool.open(Path.of(args[0]), 40_000, silent, points)) {
            for (int i = 0; i < RECORDS; i++) {
                String text = i + " " + "x".repeat(400);
                spool.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                spool.force();
                note(journal, "written " + i);
                if (i >= 30) {
                    take(spool, journal);
                }
            }
        }
    }

    private static void take(Spool spool, Path journal) throws IOException {
        SpoolRecord record = spool.next();
        if (record != null) {
            spool.resolve(record.sequence());
            note(journal, "taken " + SpoolFolder.text(record).split(" ")[0]);
        }
    }

    private static void note(Path journal, String line) throws IOException {
        Files.writeString(journal, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
