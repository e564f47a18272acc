package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real agent process, again and again, while lines are written and the file is rotated. */
final class KillTest {

    private static final int LIVES = 6;

    @TempDir
    Path folder;

    private final List<String> written = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private int rotations;

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentProcess.class.getName(),
                        folder.resolve("app.log").toString(),
                        folder.resolve("state").toString(),
                        folder.resolve("received").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.out").toFile()))
                .start();
    }

    private void write(int count) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("line " + (written.size() + i) + " of a file that is long enough to be recognised");
        }
        written.addAll(lines);
        Files.write(folder.resolve("app.log"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate() throws IOException {
        for (int number = rotations; number > 0; number--) {
            Files.move(folder.resolve("app.log." + number), folder.resolve("app.log." + (number + 1)));
        }
        Files.move(folder.resolve("app.log"), folder.resolve("app.log.1"));
        rotations++;
        history.add("rotated after line " + written.size());
    }

    private List<String> received() throws IOException {
        Path file = folder.resolve("received");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
    }

    @Test
    void losesNothingThoughItIsKilledAtAnyMoment() throws Exception {
        Random random = new Random();
        for (int life = 0; life < LIVES; life++) {
            int before = received().size();
            Process process = start();
            try {
                write(200);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !process.isAlive() || received().size() > before);
                for (int i = random.nextInt(20); i > 0; i--) {
                    write(1 + random.nextInt(100));
                    if (random.nextInt(8) == 0) {
                        rotate();
                    }
                }
                assertThat(process.isAlive()).as(this::story).isTrue();
            } finally {
                process.destroyForcibly().waitFor();
                history.add("killed after line " + written.size() + ", received "
                        + received().size());
            }
            if (random.nextBoolean()) {
                write(50);
                rotate();
            }
        }
        Process process = start();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(missing()).as(this::story).isEmpty());
        } finally {
            process.destroyForcibly().waitFor();
        }

        Set<String> first = new LinkedHashSet<>(received());
        Set<String> torn = new LinkedHashSet<>(first);
        torn.removeAll(new HashSet<>(written));
        first.removeAll(torn);
        assertThat(first).as("in order").containsExactlyElementsOf(written);
        assertThat(torn)
                .as("none altered but those that the kill tore while they were received")
                .allMatch(piece -> written.stream().anyMatch(line -> line.startsWith(piece)));
    }

    private Set<String> missing() throws IOException {
        Set<String> missing = new LinkedHashSet<>(written);
        missing.removeAll(new HashSet<>(received()));
        return missing;
    }

    private String story() {
        try {
            return String.join("\n", history) + "\n" + Files.readString(folder.resolve("agent.out"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
