package dev.logagent.dist.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.core.alerts.Alert;
import dev.logagent.core.alerts.AlertChange;
import dev.logagent.core.alerts.AlertChange.Kind;
import dev.logagent.core.alerts.AlertRule;
import dev.logagent.core.alerts.Subject;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts on their way to a real server and a real program. */
final class NotifierTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private CollectorServer server;

    @BeforeEach
    void start() throws IOException {
        server = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static AlertChange change(Kind kind) {
        Subject subject = new Subject(Subject.Kind.OUTPUT, "default");
        long cleared = kind == Kind.CLEARED ? 3000 : 0;
        return new AlertChange(
                kind,
                new Alert(AlertRule.QUEUE_DEPTH, subject, "has \"much\" to do.", 95.12345, 90, 1000, 2000, cleared));
    }

    private Notifier webhook(Duration timeout) {
        return new Notifier(new Webhook(URI.create(server.url("/hook")), timeout), "agent <1>");
    }

    private Notifier command(String script, Duration timeout) throws IOException {
        Path file = Files.writeString(folder.resolve("told.sh"), "#!/bin/sh\n" + script);
        return new Notifier(new Command(List.of("/bin/sh", file.toString(), folder.toString()), timeout), "a");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void aWebhookGetsEachChangeInOrder() throws Exception {
        try (Notifier notifier = webhook(TIMEOUT)) {
            notifier.changed(change(Kind.RAISED));
            notifier.changed(change(Kind.CLEARED));

            JsonNode raised = server.awaitRequests(2).get(0).json();
            assertThat(raised.get("text").asText())
                    .isEqualTo("ALERT (warning) on agent <1>: Output default has \"much\" to do.");
            assertThat(raised.get("change").asText()).isEqualTo("raised");
            assertThat(raised.get("agent").asText()).isEqualTo("agent <1>");
            assertThat(raised.at("/alert/id").asText()).isEqualTo("queue_depth:default");
            assertThat(raised.at("/alert/value").asDouble()).isEqualTo(95.123);
            assertThat(raised.at("/alert/since").asText()).isEqualTo("1970-01-01T00:00:01.000Z");
            JsonNode cleared = server.requests().get(1).json();
            assertThat(cleared.get("text").asText()).startsWith("CLEARED");
            assertThat(cleared.at("/alert/state").asText()).isEqualTo("cleared");
            assertThat(server.requests().get(0).header("content-type")).startsWith("application/json");
            await().until(() -> notifier.status().told() == 2);
        }
    }

    @Test
    void aWebhookThatFailsIsTriedAgain() throws Exception {
        server.answerNext(Answer.status(503));
        try (Notifier notifier = webhook(TIMEOUT)) {
            notifier.changed(change(Kind.RAISED));

            await().until(() -> notifier.status().problem() != null);
            assertThat(notifier.status().problem()).isEqualTo("it answers 503");
            assertThat(notifier.status().waiting()).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> notifier.status().told() == 1);
            assertThat(notifier.status().problem()).isNull();
        }
    }

    @Test
    void aWebhookThatRefusesIsNotAskedTwice() throws Exception {
        server.answerByDefault(Answer.status(404));
        try (Notifier notifier = webhook(TIMEOUT)) {
            notifier.changed(change(Kind.RAISED));

            await().until(() -> notifier.status().failed() == 1);
            assertThat(notifier.status().problem()).isEqualTo("it answers 404");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whoeverTellsNeverWaitsForAWebhookThatHangs() throws Exception {
        server.answerByDefault(new Answer.Hang());
        Notifier notifier = webhook(Duration.ofMinutes(10));
        try (notifier) {
            for (int i = 0; i < 1000; i++) {
                notifier.changed(change(Kind.RAISED));
            }
            assertThat(notifier.status().waiting()).isLessThanOrEqualTo(101);
            assertThat(notifier.status().failed()).isGreaterThanOrEqualTo(899);
        }
    }

    @Test
    void aCommandGetsTheChangeOnItsStandardInput() throws Exception {
        try (Notifier notifier = command("cat > $1/told.part && mv $1/told.part $1/told.json", TIMEOUT)) {
            notifier.changed(change(Kind.RAISED));

            await().atMost(PATIENCE).until(() -> notifier.status().told() == 1);
            assertThat(json(Files.readString(folder.resolve("told.json")))
                            .at("/alert/rule")
                            .asText())
                    .isEqualTo("queue_depth");
        }
    }

    @Test
    void aCommandThatFailsIsTold() throws Exception {
        try (Notifier notifier = command("exit 3", TIMEOUT)) {
            notifier.changed(change(Kind.RAISED));
            await().atMost(PATIENCE).until(() -> notifier.status().failed() == 1);
            assertThat(notifier.status().problem()).isEqualTo("it ended with exit code 3");
        }
        Way missing = new Command(List.of("/does/not/exist"), TIMEOUT);
        assertThat(missing.tell(new byte[0]).problem()).contains("No such file");
    }

    @Test
    void aCommandThatHangsIsKilledWithItsChildren() throws Exception {
        try (Notifier notifier = command("sleep 1000 & echo $! > $1/child; wait", Duration.ofMillis(500))) {
            notifier.changed(change(Kind.RAISED));

            await().atMost(PATIENCE).until(() -> notifier.status().failed() == 1);
            assertThat(notifier.status().problem()).contains("longer than timeout_secs");
            long child =
                    Long.parseLong(Files.readString(folder.resolve("child")).strip());
            await().until(() ->
                    ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
        }
    }
}
