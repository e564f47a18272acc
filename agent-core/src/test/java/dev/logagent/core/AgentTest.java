package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.transport.SendResult;
import dev.logagent.core.Agent.Leftover;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import dev.logagent.testkit.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentTest {

    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();

    private Path log(String name) {
        return folder.resolve(name);
    }

    private void append(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Settings settings() {
        return Settings.in(folder.resolve("state"));
    }

    private Agent started(Settings settings, ScriptedTransport transport) throws IOException {
        Agent agent = new Agent(settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> events);
        agent.start();
        return agent;
    }

    @Test
    void deliversWhatIsWrittenInOrder() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        append(log("app.log"), Batches.numberedLines("early", 1000));
        try (Agent agent = started(settings().source("s", log("app.log")), transport)) {
            append(log("app.log"), Batches.numberedLines("late", 1000));
            await().until(() -> transport.texts().size() == 2000);
            assertThat(agent.status().eventsDelivered()).isEqualTo(2000);
        }

        List<String> expected = new ArrayList<>(Batches.numberedLines("early", 1000));
        expected.addAll(Batches.numberedLines("late", 1000));
        assertThat(transport.texts()).isEqualTo(expected);
        assertThat(transport.isClosed()).isTrue();
    }

    @Test
    void continuesAfterARestartWithoutLossOrRepetition() throws Exception {
        List<String> delivered = new ArrayList<>();
        for (int life = 0; life < 5; life++) {
            ScriptedTransport transport = new ScriptedTransport();
            append(log("app.log"), Batches.numberedLines("down " + life, 100));
            try (Agent agent = started(settings().source("s", log("app.log")), transport)) {
                append(log("app.log"), Batches.numberedLines("up " + life, 100));
                assertThat(agent.drain()).isEqualTo(new Leftover(0, 0));
            }
            delivered.addAll(transport.texts());
        }
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = started(settings().source("s", log("app.log")), transport)) {
            agent.awaitDelivered();
        }
        delivered.addAll(transport.texts());

        assertThat(delivered).isEqualTo(Files.readAllLines(log("app.log")));
    }

    @Test
    void remembersThatItHasStartedBeforeTheFirstLineIsOnItsWay() throws Exception {
        List<Boolean> remembered = new ArrayList<>();
        ScriptedTransport transport = new ScriptedTransport();
        transport.usually(batch -> {
            remembered.add(Files.exists(folder.resolve("state/checkpoint")));
            return SendResult.delivered();
        });
        append(log("app.log"), Batches.numberedLines("line", 100));
        try (Agent agent = started(settings().sendTasks(1).source("s", log("app.log")), transport)) {
            agent.awaitDelivered();
        }

        assertThat(remembered).isNotEmpty().doesNotContain(false);
    }

    @Test
    void saysWhatAStopLeftUndeliveredAndDeliversItNextTime() throws Exception {
        ScriptedTransport hanging = new ScriptedTransport();
        CountDownLatch never = new CountDownLatch(1);
        hanging.usually(batch -> {
            never.await();
            return SendResult.delivered();
        });
        append(log("app.log"), Batches.numberedLines("line", 30));
        Settings settings = settings().shutdown(Duration.ofMillis(1)).source("s", log("app.log"));
        try (Agent agent = started(settings, hanging)) {
            await().until(() -> hanging.sending() > 0);

            Leftover left = agent.drain();

            assertThat(left).isEqualTo(new Leftover(30, 1));
            assertThat(agent.drain()).isEqualTo(left);
        }

        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = started(settings, transport)) {
            agent.awaitDelivered();
        }
        assertThat(transport.texts()).isEqualTo(Batches.numberedLines("line", 30));
        assertThat(Runs.texts(hanging.sent().get(0))).hasSize(30);
    }

    @Test
    void deliversUnfinishedLinesWhateverItsDetectorsAreDoingWhenAskedForEverything() throws Exception {
        for (int life = 0; life < 20; life++) {
            ScriptedTransport transport = new ScriptedTransport();
            Settings settings = Settings.in(folder.resolve("state" + life));
            List<String> lines = new ArrayList<>();
            for (int source = 0; source < 20; source++) {
                lines.add("unfinished line " + source);
                Files.writeString(log(source + ".log"), lines.get(source));
                settings.source("s" + source, log(source + ".log"));
            }
            try (Agent agent = started(settings, transport)) {
                agent.awaitDelivered();
            }
            assertThat(transport.texts()).containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    @Test
    void deliversAnUnfinishedLastLineWhenAskedForEverything() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        Files.writeString(log("app.log"), "one\nunfinished");
        try (Agent agent = started(settings().source("s", log("app.log")), transport)) {
            agent.awaitDelivered();
        }

        assertThat(transport.texts()).containsExactly("one", "unfinished");
    }

    @Test
    void beginsAtTheEndOfFilesThatWereThereAtTheFirstStartOnly() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        Files.writeString(log("old.log"), "before\nbegun ");
        Settings settings = settings().startAt(StartAt.END).source("s", folder + "/*.log");
        try (Agent agent = started(settings, transport)) {
            append(log("old.log"), List.of("and finished", "after"));
            append(log("new.log"), List.of("first of a new file"));
            await().until(() -> transport.texts().size() == 3);
            assertThat(agent.status().filesOpen()).isEqualTo(2);
        }

        assertThat(transport.texts()).containsExactlyInAnyOrder("begun and finished", "after", "first of a new file");
    }

    @Test
    void waitsForAFolderThatDoesNotExistYet() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = started(settings().source("s", log("not/there/yet/*.log")), transport)) {
            Files.createDirectories(log("not/there/yet"));
            append(log("not/there/yet/a.log"), List.of("hello"));
            await().until(() -> transport.texts().equals(List.of("hello")));
            assertThat(agent.status().filesOpen()).isOne();
        }
    }

    @Test
    void readsAFileOfSeveralNamesOnce() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        append(log("a.log"), List.of("once"));
        Files.createLink(log("hard.log"), log("a.log"));
        Files.createSymbolicLink(log("soft.log"), log("a.log"));
        Settings settings = settings().source("s", folder + "/*.log", log("a.log"), folder + "/a*");
        try (Agent agent = started(settings, transport)) {
            agent.awaitDelivered();
        }

        assertThat(transport.texts()).containsExactly("once");
    }

    @Test
    void letsNobodyElseReadAnythingInTheStateFolder() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        transport.usually(batch -> new SendResult.Rejected("400"));
        append(log("app.log"), List.of("secret"));
        try (Agent agent = started(settings().source("s", log("app.log")), transport)) {
            agent.awaitDelivered();
        }

        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder.resolve("state"))) {
            all = walk.toList();
        }
        assertThat(all)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                                .substring(3))
                        .as("others' permissions of %s", path)
                        .isEqualTo("------"));
    }

    @Test
    void refusesToShareItsStateFolder() throws Exception {
        Settings settings = settings().source("s", log("app.log"));
        try (Agent first = started(settings, new ScriptedTransport());
                Agent second = new Agent(settings.agent(), new ScriptedTransport())) {
            assertThat(first.status().filesOpen()).isZero();
            assertThatThrownBy(second::start).hasMessageContaining("in use by another log-agent");
        }
    }
}
