package dev.logagent.core.testing;

import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs of lines as a detector would hand them over. */
public final class Runs {

    private Runs() {}

    /** Lines of the source's only file, starting at an offset in it. */
    public static LineRun at(String source, long offset, String... lines) {
        return of(
                SourceInfo.named(source),
                new FileInfo("/var/log/" + source + ".log", source.hashCode()),
                offset,
                lines);
    }

    /** Lines of a file, starting at an offset in it. */
    public static LineRun of(SourceInfo source, FileInfo file, long offset, String... lines) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        int[] starts = new int[lines.length + 1];
        for (int i = 0; i < lines.length; i++) {
            block.writeBytes((lines[i] + "\n").getBytes(StandardCharsets.UTF_8));
            starts[i + 1] = block.size();
        }
        return new LineRun(source, file, 0, block.toByteArray(), starts, lines.length, offset, false);
    }

    /** A batch of runs. */
    public static Batch batch(long number, LineRun... runs) {
        return new Batch("test", number, List.of(runs));
    }

    /** The texts of the lines. */
    public static List<String> texts(Batch batch) {
        List<String> texts = new ArrayList<>();
        batch.events().forEach(event -> texts.add(event.text()));
        return texts;
    }
}
