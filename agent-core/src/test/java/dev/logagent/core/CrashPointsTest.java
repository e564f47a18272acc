package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.core.deadletter.DeadLetterFolder;
import dev.logagent.core.deadletter.DeadLetterReplay;
import dev.logagent.core.deadletter.DeadLetters;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends a real process at each named moment between steps of writing to disk; the next one finds everything again. */
final class CrashPointsTest {

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("app.log");
    }

    private List<String> append(String prefix, int count) throws IOException {
        List<String> lines = IntStream.range(0, count)
                .mapToObj(i -> prefix + " " + i + " of a file that is long enough to be recognised")
                .toList();
        Files.write(log(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return lines;
    }

    private void crash(Class<?> program, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(args));
        Path output = folder.resolve("process.out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("does not get there")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(AgentProcess.CRASHED);
        } finally {
            process.destroyForcibly();
        }
    }

    private void crashAgent(String point, int nth) throws IOException, InterruptedException {
        crash(
                AgentProcess.class,
                log().toString(),
                folder.resolve("state").toString(),
                folder.resolve("received").toString(),
                point,
                Integer.toString(nth));
    }

    /** Everything that has been delivered in all lives, once each, in the order in which it came first. */
    private Set<String> recovered(Set<String> wanted) throws IOException {
        ScriptedTransport transport = new ScriptedTransport();
        Set<String> received = new LinkedHashSet<>();
        Path before = folder.resolve("received");
        if (Files.exists(before)) {
            received.addAll(Files.readAllLines(before));
            received.remove("");
        }
        try (Agent agent = new Agent(
                Settings.in(folder.resolve("state")).source("s", log()).agent(), transport)) {
            agent.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                Set<String> all = new LinkedHashSet<>(received);
                all.addAll(transport.texts());
                return all.containsAll(wanted);
            });
        }
        received.addAll(transport.texts());
        return received;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkpoint.snapshot.written",
                "checkpoint.snapshot.forced",
                "checkpoint.previous.renamed",
                "checkpoint.newest.renamed",
                "checkpoint.newest.forced",
                "checkpoint.log.created",
                "checkpoint.log.rolled",
                "checkpoint.log.renamed",
                "checkpoint.recent.deleted",
                "checkpoint.log.forced"
            })
    @DisplayName("T28: killed at each step of writing a snapshot of the positions")
    void findsEveryPositionAgainAfterACrashInASnapshot(String point) throws Exception {
        List<String> lines = new ArrayList<>(append("first", 300));
        recovered(new LinkedHashSet<>(lines));
        lines.addAll(append("second", 300));
        Files.move(log(), folder.resolve("app.log.1"));
        lines.addAll(append("third", 300));

        crashAgent(point, 1);

        assertThat(recovered(new LinkedHashSet<>(lines.subList(300, 900))))
                .as("the rest, in order; nothing is read again that was saved before")
                .containsExactlyElementsOf(lines.subList(300, 900));
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint.append.written", "checkpoint.append.forced"})
    @DisplayName("T28: killed at each step of saving changed positions")
    void findsEveryPositionAgainAfterACrashWhileChangesAreSaved(String point) throws Exception {
        List<String> lines = append("line", 500);

        crashAgent(point, 2);

        assertThat(recovered(new LinkedHashSet<>(lines))).containsExactlyElementsOf(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadletters.written", "deadletters.forced", "deadletters.folder.forced"})
    @DisplayName("T28: killed at each step of writing a dead letter")
    void losesNoDeadLetterInACrash(String point) throws Exception {
        append("line", 5);
        append("bad", 3);

        crashAgent(point, 1);

        // Whatever was not in the dead letters is read again, and taken this time.
        Set<String> all = new LinkedHashSet<>(recovered(Set.of()));
        ScriptedTransport transport = new ScriptedTransport();
        Settings settings = Settings.in(folder.resolve("state")).source("s", log());
        try (Agent agent = new Agent(settings.agent(), transport)) {
            agent.start();
            agent.awaitDelivered();
        }
        all.addAll(transport.texts());
        all.addAll(replayed());
        assertThat(all).containsAll(Files.readAllLines(log()));
    }

    private List<String> replayed() throws IOException, InterruptedException {
        ScriptedTransport transport = new ScriptedTransport();
        new DeadLetterReplay(
                        DeadLetterFolder.in(folder.resolve("state")),
                        "test",
                        transport,
                        UnaryOperator.identity(),
                        source -> true,
                        letter -> true,
                        CrashPoints.NONE)
                .run();
        return transport.texts();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deadletters.handed-over",
                "deadletters.delivered",
                "deadletters.rest.written",
                "deadletters.rest.forced",
                "deadletters.rest.renamed",
                "deadletters.rest.folder.forced"
            })
    void losesNoDeadLetterInACrashOfAReplay(String point) throws Exception {
        addLetters("good", "worse", "fine");

        replayAndCrash(point);

        Set<String> all = new LinkedHashSet<>(Files.readAllLines(folder.resolve("received")));
        all.addAll(replayed());
        assertThat(all).containsExactlyInAnyOrder("good", "worse", "fine");
    }

    @Test
    void losesNoDeadLetterInACrashAfterTheLastOneWasDelivered() throws Exception {
        addLetters("good", "fine");

        replayAndCrash("deadletters.original.deleted");

        assertThat(Files.readAllLines(folder.resolve("received"))).containsExactly("good", "fine");
        assertThat(replayed()).isEmpty();
    }

    private void addLetters(String... lines) throws IOException {
        new DeadLetters(folder.resolve("state"), 1 << 20, CrashPoints.NONE)
                .add(Runs.batch(1, Runs.at("app", 0, lines)), "400", 1);
        Files.createFile(folder.resolve("received"));
    }

    private void replayAndCrash(String point) throws IOException, InterruptedException {
        crash(
                ReplayProcess.class,
                folder.resolve("state").toString(),
                folder.resolve("received").toString(),
                point);
    }
}
