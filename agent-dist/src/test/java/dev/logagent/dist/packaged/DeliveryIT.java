package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line arrives once and in order, whatever happens to the files and to the agent. */
final class DeliveryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void keepsEveryLineThroughRenameWithLateWritesAndCopytruncate() throws Exception {
        Path renamed = Files.createFile(folder.resolve("renamed.log"));
        Path copied = Files.createFile(folder.resolve("copied.log"));
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector, "max_batch_size = 500", "interval_secs = 0.1");
            try (AgentProcess agent = AgentProcess.running(folder)) {
                write(renamed, Lines.numbered("renamed", 0, 2500));
                write(copied, Lines.numbered("copied", 0, 2500));
                await().atMost(PATIENCE).until(() -> collector.lines("copied").size() == 2500);

                Path old = folder.resolve("renamed.log.1");
                Files.move(renamed, old);
                Files.createFile(renamed);
                write(old, Lines.numbered("renamed", 2500, 3000));
                await().atMost(PATIENCE).until(() -> collector.lines("renamed").size() == 3000);
                write(renamed, Lines.numbered("renamed", 3000, 5000));

                Files.copy(copied, folder.resolve("copied.log.1"));
                try (FileChannel channel = FileChannel.open(copied, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
                write(copied, Lines.numbered("copied", 2500, 5000));

                await().atMost(PATIENCE)
                        .until(() -> collector.lines("renamed").size() >= 5000
                                && collector.lines("copied").size() >= 5000);
                assertThat(agent.terminate()).isZero();
            }
            assertThat(collector.lines("renamed")).isEqualTo(Lines.numbered("renamed", 0, 5000));
            assertThat(collector.lines("copied")).isEqualTo(Lines.numbered("copied", 0, 5000));
        }
    }

    @Test
    void stopsUnderLoadAndGoesOnWithoutLossOrRepetition() throws Exception {
        Path log = folder.resolve("renamed.log");
        int count = 200_000;
        write(log, Lines.numbered("renamed", 0, count));
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector, "max_batch_size = 100", "start_at = \"beginning\"");
            int starts = 0;
            while (collector.lines("renamed").size() < count) {
                int before = collector.requests().size();
                try (AgentProcess agent = AgentProcess.running(folder)) {
                    starts++;
                    await().atMost(PATIENCE)
                            .until(() -> collector.requests().size() > before + 200
                                    || collector.requests().size() * 100 >= count);
                    assertThat(agent.terminate()).as(agent::output).isZero();
                }
            }
            assertThat(starts).as("how often it was stopped").isGreaterThan(1);
            assertThat(collector.lines("renamed")).isEqualTo(Lines.numbered("renamed", 0, count));
        }
    }

    @Test
    void losesNothingWhenKilledAgainAndAgain() throws Exception {
        Path log = folder.resolve("renamed.log");
        int count = 100_000;
        write(log, Lines.numbered("renamed", 0, count));
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector, "max_batch_size = 100", "start_at = \"beginning\"");
            int kills = 0;
            while (kills < 5) {
                int before = collector.requests().size();
                try (AgentProcess agent = AgentProcess.running(folder)) {
                    await().atMost(PATIENCE).until(() -> collector.requests().size() > before + 20);
                    agent.kill();
                    kills++;
                }
            }
            try (AgentProcess agent = AgentProcess.running(folder)) {
                await().atMost(PATIENCE)
                        .until(() ->
                                collector.lines("renamed").stream().distinct().count() == count);
                assertThat(agent.terminate()).isZero();
            }
            assertThat(collector.lines("renamed").stream().distinct().toList())
                    .isEqualTo(Lines.numbered("renamed", 0, count));
        }
    }

    @Test
    void readsWhatWasRotatedWhileItWasDown() throws Exception {
        Path log = folder.resolve("renamed.log");
        write(log, Lines.numbered("renamed", 0, 1000));
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector, "start_at = \"beginning\"", "interval_secs = 0.1");
            try (AgentProcess agent = AgentProcess.running(folder)) {
                await().atMost(PATIENCE).until(() -> collector.lines("renamed").size() == 1000);
                assertThat(agent.terminate()).isZero();
            }
            write(log, Lines.numbered("renamed", 1000, 2000));
            Files.move(log, folder.resolve("renamed.log.1"));
            write(log, Lines.numbered("renamed", 2000, 3000));
            Files.move(folder.resolve("renamed.log.1"), folder.resolve("renamed.log.2"));
            Files.move(log, folder.resolve("renamed.log.1"));
            write(log, Lines.numbered("renamed", 3000, 4000));
            try (AgentProcess agent = AgentProcess.running(folder)) {
                await().atMost(PATIENCE).until(() -> collector.lines("renamed").size() >= 4000);
                assertThat(agent.terminate()).isZero();
            }
            assertThat(collector.lines("renamed")).isEqualTo(Lines.numbered("renamed", 0, 4000));
        }
    }

    @Test
    void deliversEverythingOnceAndExits() throws Exception {
        write(folder.resolve("renamed.log"), Lines.numbered("renamed", 0, 1234));
        Files.writeString(folder.resolve("copied.log"), "no newline at the end");
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector);
            try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
                assertThat(agent.exitCode()).as(agent::output).isZero();
            }
            assertThat(collector.lines("renamed")).isEqualTo(Lines.numbered("renamed", 0, 1234));
            assertThat(collector.lines("copied")).containsExactly("no newline at the end");
        }
    }

    @Test
    void saysWhenItCouldNotDeliverEverythingThatIsThere() throws Exception {
        write(folder.resolve("copied.log"), Lines.numbered("copied", 0, 10));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("renamed.log").toString())
                        .start()
                        .waitFor())
                .isZero();
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector);
            try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
                assertThat(agent.exitCode()).as(agent::output).isEqualTo(1);
                assertThat(agent.output()).contains("not a regular file").contains("1 file(s) could not be read");
            }
            assertThat(collector.lines("copied")).isEqualTo(Lines.numbered("copied", 0, 10));
        }
    }

    @Test
    void refusesAStateFolderThatIsInUse() throws Exception {
        Files.createFile(folder.resolve("renamed.log"));
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector);
            try (AgentProcess first = AgentProcess.running(folder);
                    AgentProcess second = AgentProcess.start(folder)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output())
                        .contains("in use by another log-agent")
                        .doesNotContain("\tat ");
                assertThat(first.terminate()).isZero();
            }
        }
    }

    private void configure(CollectorServer collector, String... globals) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "[global]",
                "agent_name = \"test\"",
                "end_point = \"" + collector.url("/log") + "\"",
                "send_type = \"HTTP\"",
                "state_dir = \"state\""));
        lines.addAll(List.of(globals));
        for (String name : List.of("renamed", "copied")) {
            lines.addAll(List.of("[[sources]]", "name = \"" + name + "\"", "log_path = \"" + name + ".log\""));
        }
        Files.write(folder.resolve("log-agent.config"), lines);
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
