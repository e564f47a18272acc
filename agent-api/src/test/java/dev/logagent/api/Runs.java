package dev.logagent.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes runs of lines in tests. The test kit has more, but depends on this module. */
public final class Runs {

    private Runs() {}

    /** Lines that begin at position 0 of {@code /var/log/NAME.log}, each ended by a newline. */
    public static LineRun of(String source, String time, String... lines) {
        return of(SourceInfo.named(source), time, false, String.join("\n", lines) + "\n");
    }

    /** The lines of a block, the last one of which may lack its newline. */
    public static LineRun of(SourceInfo source, String time, boolean partial, String block) {
        byte[] bytes = block.getBytes(StandardCharsets.UTF_8);
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' && i + 1 < bytes.length) {
                starts.add(i + 1);
            }
        }
        starts.add(bytes.length);
        String name = source.name();
        return new LineRun(
                source,
                new FileInfo("/var/log/" + name + ".log", 0xa00L + name.charAt(name.length() - 1)),
                Instant.parse(time).toEpochMilli(),
                bytes,
                starts.stream().mapToInt(Integer::intValue).toArray(),
                starts.size() - 1,
                0,
                partial);
    }
}
