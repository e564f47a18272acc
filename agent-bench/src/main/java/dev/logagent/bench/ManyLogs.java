package dev.logagent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * As many logs as are followed at most: 10,000 of all formats in 1,000 folders, 2 to 4 KB each.
 *
 * @param root a folder for these alone; the logs are below {@link #folder}
 */
record ManyLogs(Path root) {

    private static final int FOLDERS = 1_000;
    private static final int FILES = 10;
    private static final int LINES = 20;

    static ManyLogs write() throws IOException {
        ManyLogs logs = new ManyLogs(Files.createTempDirectory("many-logs"));
        Sample[] samples = Sample.values();
        for (int folder = 0; folder < FOLDERS; folder++) {
            Path parent = Files.createDirectories(logs.folder().resolve("service-" + folder));
            for (int file = 0; file < FILES; file++) {
                Sample sample = samples[(folder + file) % samples.length];
                Path log = parent.resolve("part-" + (char) ('a' + file) + ".log");
                Files.write(log, Collections.nCopies(LINES, sample.line()));
            }
        }
        return logs;
    }

    Path folder() {
        return root.resolve("var/log");
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> inside = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inside) {
                Files.delete(file);
            }
        }
    }
}
