package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rule finds stays on this side of the border: it reaches neither the output behind it nor the disk. */
final class RedactionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern README_EXAMPLE = Pattern.compile("## Secrets.*?```toml\n(.*?)```", Pattern.DOTALL);

    private static final String SECRET = "hunter2hunter2";
    private static final String CARD = "4111 1111 1111 1111";
    private static final String OPEN = "pay password=" + SECRET + " card " + CARD + " order-17";
    private static final String CLOSED = "pay password=[REDACTED] card [CARD] order-xx";

    @TempDir
    Path folder;

    private CollectorServer inside;
    private CollectorServer outside;

    @BeforeEach
    void start() throws IOException {
        inside = CollectorServer.start();
        outside = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        inside.close();
        outside.close();
    }

    private void configure(String format) throws IOException {
        Files.writeString(
                folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                state_dir = "state"
                start_at = "beginning"
                interval_secs = 0.02
                regions = ["eu"]
                [[sources]]
                name = "shop"
                log_path = "shop.log"
                region = "eu"
                [[outputs]]
                name = "partner"
                end_point = "%s"
                send_type = "HTTP"
                regions = ["us"]
                format = "%s"
                [[routes]]
                outputs = ["default", "partner"]
                [[redact]]
                preset = "secrets"
                leaving_region = true
                [[redact]]
                preset = "credit_card"
                replace = "[CARD]"
                outputs = ["partner"]
                [[redact]]
                name = "orders"
                pattern = '(order)-\\d+'
                replace = "$1-xx"
                leaving_region = true
                """.formatted(inside.url("/log"), outside.url("/log"), format));
    }

    private void write(List<String> lines) throws IOException {
        Files.write(folder.resolve("shop.log"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void eachBorderHasItsOwnRules() throws Exception {
        configure("batch");
        write(List.of("before", OPEN, "after"));
        try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
            agent.awaitLog("credit_card 1, orders 1, secrets 1");
            assertThat(agent.output()).doesNotContain(SECRET);
        }

        assertThat(inside.lines("shop")).containsExactly("before", OPEN, "after");
        assertThat(outside.lines("shop")).containsExactly("before", CLOSED, "after");
    }

    @Test
    void neitherDeadLettersNorStateNorLogHoldTheSecret() throws Exception {
        configure("event");
        outside.answerByDefault(Answer.status(400));
        write(List.of("before", OPEN, "after"));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> deadLetters().size() == 3);
            assertThat(agent.terminate()).isZero();
            assertThat(agent.output()).doesNotContain(SECRET).doesNotContain(CARD);
        }

        JsonNode letter = new ObjectMapper().readTree(deadLetters().get(1));
        assertThat(new String(letter.path("line").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo(CLOSED);
        assertThat(letter.path("event").path("message").asText()).isEqualTo(CLOSED);
        assertThat(letter.path("event").path("raw").asText()).isEqualTo(CLOSED);
        assertThat(letter.path("event").path("offset").asInt()).isEqualTo(7);
        assertNoSecretIn(folder.resolve("state"));
    }

    private static void assertNoSecretIn(Path folder) throws IOException {
        assertThat(files(folder)).isNotEmpty();
        for (Path file : files(folder)) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(SECRET)
                    .doesNotContain(CARD);
        }
    }

    @Test
    void aLookAtLiveLinesShowsWhatLeaves() throws Exception {
        configure("event");
        try (AgentProcess agent = AgentProcess.running(folder);
                AgentProcess tap = AgentProcess.start(folder, "tap", "--output", "partner", "--count", "1")) {
            await().atMost(PATIENCE).until(() -> {
                write(List.of(OPEN));
                return !tap.isAlive();
            });
            assertThat(tap.output()).contains(CLOSED).doesNotContain(SECRET).doesNotContain(CARD);
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @Test
    void theSpoolHoldsNoSecretAndRulesOfLaterCountForIt() throws Exception {
        configure("event");
        outside.stop();
        write(List.of("before", OPEN, "after"));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            agent.awaitLog("destination/partner.*not delivering");
            assertThat(agent.terminate()).isZero();
            agent.awaitLog("stay on disk");
        }
        assertNoSecretIn(folder.resolve("state"));
        Files.delete(folder.resolve("shop.log"));
        addRule();
        outside.restart();
        try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }

        assertThat(outside.lines("shop")).containsExactly("before", "*** " + CLOSED.substring(4), "after");
    }

    @Test
    void rulesOfLaterCountForDeadLetters() throws Exception {
        configure("event");
        outside.answerByDefault(Answer.status(400));
        write(List.of(OPEN));
        try (AgentProcess agent = AgentProcess.running(folder)) {
            await().atMost(PATIENCE).until(() -> deadLetters().size() == 1);
            assertThat(agent.terminate()).isZero();
        }
        outside.answerByDefault(Answer.status(200));
        addRule();

        assertThat(AgentProcess.run(folder, "dead-letter", "replay")).contains("1 delivered", "exit code 0");
        assertThat(outside.lines("shop")).containsExactly("*** " + CLOSED.substring(4));
    }

    /** One that nobody has thought of before. */
    private void addRule() throws IOException {
        Files.writeString(
                folder.resolve("log-agent.config"),
                "[[redact]]\nname = \"late\"\npattern = '^pay'\nreplace = \"***\"\noutputs = [\"partner\"]\n",
                StandardOpenOption.APPEND);
    }

    @Test
    void positionsAndIdsAreThoseOfTheFileOverKills() throws Exception {
        configure("event");
        for (int life = 0; life < 3; life++) {
            int first = life * 1000;
            write(IntStream.range(first, first + 1000)
                    .mapToObj(i -> i + " token=" + SECRET + i)
                    .toList());
            try (AgentProcess agent = AgentProcess.running(folder)) {
                await().atMost(PATIENCE).until(() -> events().size() >= first + 500);
                agent.kill();
            }
        }
        try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }

        List<JsonNode> events = events();
        assertThat(events.stream().map(event -> event.path("message").asText()).distinct())
                .isEqualTo(IntStream.range(0, 3000)
                        .mapToObj(i -> i + " token=[REDACTED]")
                        .toList());
        assertThat(events.stream().map(event -> event.path("id").asText()).distinct())
                .as("the same line has the same id")
                .hasSize(3000);
        assertThat(inside.lines("shop").stream().distinct()).isEqualTo(Files.readAllLines(folder.resolve("shop.log")));
    }

    @Test
    void runsTheExampleOfTheReadme() throws Exception {
        Matcher example = README_EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
        assertThat(example.find()).isTrue();
        configure("batch");
        String config = Files.readString(folder.resolve("log-agent.config"));
        Files.writeString(
                folder.resolve("log-agent.config"),
                config.substring(0, config.indexOf("[[redact]]")) + example.group(1));
        write(List.of(
                "{\"user\":\"jane@example.com\",\"api_key\":\"" + SECRET + "\"} paid " + CARD + " customer 4711"));
        try (AgentProcess agent = AgentProcess.start(folder, "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }

        assertThat(inside.lines("shop"))
                .containsExactly("{\"user\":\"jane@example.com\",\"api_key\":\"[REDACTED]\"} paid [REDACTED]"
                        + " customer 4711");
        assertThat(outside.lines("shop"))
                .containsExactly("{\"user\":\"[EMAIL]\",\"api_key\":\"[REDACTED]\"} paid [REDACTED] customer xxxx");
    }

    private List<JsonNode> events() {
        ObjectMapper mapper = new ObjectMapper();
        return outside.requests().stream()
                .filter(request -> request.stored())
                .flatMap(request -> new String(request.body(), StandardCharsets.UTF_8).lines())
                .map(line -> {
                    try {
                        return mapper.readTree(line);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private List<String> deadLetters() throws IOException {
        Path letters = folder.resolve("state/outputs/partner/dead-letters/dead-letters.jsonl");
        return Files.exists(letters) ? Files.readAllLines(letters) : List.of();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
