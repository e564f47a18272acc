package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.dist.packaged.AgentProcess;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.RecordedRequest;
import dev.logagent.testkit.TcpProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What destinations and networks do. What brokers do is in the tests of their transports. */
final class DestinationIT {

    private final Scene scene;

    DestinationIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder).table("[transport.http]", "request_timeout_ms = 2000");
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(ints = {408, 429, 500, 503})
    @DisplayName("T40: errors that pass, for longer than there are attempts")
    void keepsTryingInOrder(int status) throws Exception {
        scene.global("retry_count = 2");
        scene.collector().answerByDefault(Answer.status(status).header("Retry-After", "1"));
        AgentProcess agent = scene.start();
        LogFile log = scene.log("app.log").lines(1000);
        agent.awaitLog("not delivering: .*" + status);
        scene.collector().awaitRequests(6);
        log.lines(1000);
        scene.collector().answerByDefault(Answer.status(204));
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T40: the host is not known")
    void keepsTryingWhileTheHostIsUnknown() throws Exception {
        scene.sendTo("http://collector.invalid:8080/log");
        AgentProcess agent = scene.start();
        LogFile log = scene.log("app.log").lines(1000);
        agent.awaitLog("not delivering: .*collector.invalid");
        agent.kill();
        scene.sendTo(scene.collector().url("/log"));
        log.lines(1000);
        scene.start();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T41: one line of a thousand is refused")
    void putsTheLineAtFaultAsideAndDeliversAllOthers() throws Exception {
        TestLine poison = new TestLine("app.log", 500);
        scene.global("max_batch_size = 1000");
        scene.collector().answerTo("app.log 00000500", Answer.status(400));
        AgentProcess agent = scene.start();
        scene.log("app.log").lines(1000);
        scene.ledger().excuse("app.log", 500, 501);
        agent.awaitLog("1 event.s. refused for good .*400");
        scene.verifyOnce();
        assertThat(scene.judge().count("app.log")).isEqualTo(999);
        assertThat(deadLetters())
                .singleElement()
                .asString()
                .contains(poison.text().substring(0, 16))
                .contains("400");
    }

    @Scenario
    @DisplayName("T41: one line is too large")
    void deliversTheOthersWhenOneLineIsTooLarge() throws Exception {
        scene.global("max_line_bytes = 2097152", "max_batch_bytes = 2097152");
        scene.collector().answerTo("too-large", Answer.status(413));
        AgentProcess agent = scene.start();
        LogFile log = scene.log("app.log").lines(500);
        Files.writeString(
                log.path(), "too-large" + "x".repeat(1_000_000) + "\n", java.nio.file.StandardOpenOption.APPEND);
        log.lines(500);
        agent.awaitLog("1 event.s. refused for good .*413");
        scene.verifyOnce();
        assertThat(deadLetters()).singleElement().asString().contains("413");
    }

    @Scenario
    @DisplayName("T32: the second of three batches is refused for good, then a kill")
    void keepsARefusedBatchBeforeItPassesIt() throws Exception {
        scene.global("max_batch_size = 10");
        scene.collector().answerTo("refuse-me", Answer.status(422));
        LogFile log = scene.log("app.log").lines(10);
        Files.writeString(log.path(), "refuse-me\n".repeat(10), java.nio.file.StandardOpenOption.APPEND);
        log.lines(10);
        scene.start();
        scene.awaitAll();
        scene.kill();
        log.lines(10);
        scene.start();
        scene.verify();
        assertThat(deadLetters().stream()
                        .filter(letter -> letter.contains("refuse-me"))
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(ints = {401, 404})
    @DisplayName("T42: not let in, until somebody mends it")
    void keepsEverythingUntilItIsLetIn(int status) throws Exception {
        scene.collector().answerByDefault(Answer.status(status));
        AgentProcess agent = scene.start();
        LogFile log = scene.log("app.log").lines(1000);
        agent.awaitLog("refused: .*" + status);
        log.lines(1000).rotateTo(scene.path("app.log.1"));
        log.lines(1000);
        scene.collector().answerByDefault(Answer.status(200));
        scene.verifyOnce();
        assertThat(scene.state().resolve("dead-letters/dead-letters.jsonl")).doesNotExist();
    }

    @Scenario
    @DisplayName("T43: stored, then reset before the answer")
    void repeatsWithTheSameIdsWhenTheAnswerIsLost() throws Exception {
        scene.global("format = \"event\"");
        scene.collector().answerNext(new Answer.CutAfterBody(), new Answer.CutAfterBody());
        scene.start();
        scene.log("app.log").lines(100);
        scene.verify();
        List<RecordedRequest> requests = scene.collector().requests();
        assertThat(scene.judge().repeats()).isEqualTo(200);
        assertThat(requests.stream().map(r -> r.header("Idempotency-Key")).distinct())
                .hasSize(1);
        assertThat(requests.stream().map(r -> ids(r)).distinct()).hasSize(1);
    }

    private static List<String> ids(RecordedRequest request) {
        return new String(request.body(), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .map(event -> event.replaceFirst(".*\"id\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Scenario
    @DisplayName("T40: the network is silent, slow, and resets connections")
    void survivesABadNetwork() throws Exception {
        try (TcpProxy network = TcpProxy.to(scene.collector().port())) {
            scene.sendTo("http://127.0.0.1:" + network.port() + "/log");
            scene.start();
            LogFile log = scene.log("app.log");
            try (Load load = new Load(log, 2000)) {
                for (int i = 0; i < 5; i++) {
                    TimePasses.of(Duration.ofMillis(300));
                    network.resetAll();
                    TimePasses.of(Duration.ofMillis(100));
                    load.between(file -> file.rotateTo(scene.path("app.log-" + file.hashCode() + System.nanoTime())));
                    network.stall();
                    network.awaitHeldBack();
                    scene.agent().awaitLog("not delivering");
                    network.resume();
                }
                network.refuse();
                TimePasses.of(Duration.ofMillis(200));
                network.accept();
            }
            scene.verify();
        }
    }

    @Scenario
    @DisplayName("T35: the destination is away while files are rotated and the agent is stopped and killed")
    void losesNothingWhileTheDestinationIsAway() throws Exception {
        LogFile log = scene.log("app.log").lines(100);
        scene.start();
        scene.awaitAll();
        scene.collector().stop();
        for (int i = 1; i <= 4; i++) {
            log.lines(10_000).rotateTo(scene.path("app.log-2026112" + i));
            scene.agent().awaitLog("not delivering");
            if (i % 2 == 0) {
                scene.kill();
            } else {
                scene.agent().terminate();
            }
            log.lines(100);
            scene.start();
        }
        scene.collector().restart();
        scene.verifyOnce();
    }

    @Scenario
    @DisplayName("T35: files come and go while the destination is away and there is no room for more")
    void opensFilesThatComeAndGoWhileThereIsNoRoom() throws Exception {
        scene.global("max_batch_bytes = 65536", "max_line_bytes = 65536", "max_batch_size = 5000");
        scene.table("[buffer]", "max_memory_bytes = 131072");
        LogFile log = scene.log("app.log").lines(20_000);
        scene.collector().stop();
        AgentProcess agent = scene.start();
        agent.awaitLog("not delivering");
        for (int i = 0; i < 3; i++) {
            int known = i + 1;
            await().atMost(Scene.PATIENCE).until(() -> agent.said("following .*app.log from") == known);
            Path old = scene.path("app.log.1");
            log.lines(100).rotateTo(old);
            Files.delete(old);
        }
        log.lines(100);
        scene.collector().restart();
        scene.verifyOnce();
    }

    private List<String> deadLetters() throws Exception {
        Path letters = scene.state().resolve("dead-letters/dead-letters.jsonl");
        await().until(() -> Files.exists(letters));
        return Files.readAllLines(letters);
    }
}
