package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, with the packaged agent under load. Pictures are kept in {@code target/screenshots}. */
final class DashboardPageIT {

    private static final int LINES_A_TICK = 50;
    private static final long TICK_MILLIS = 50;

    @TempDir
    Path folder;

    private CollectorServer destination;
    private Browser browser;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void start() throws Exception {
        destination = CollectorServer.start();
        browser = new Browser(folder);
        browser.look(1280, 900, false);
        Files.createFile(folder.resolve("app.log"));
    }

    @AfterEach
    void stop() throws Exception {
        writer.shutdownNow();
        assertThat(writer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        browser.close();
        destination.close();
    }

    private void configure(String listen) throws IOException {
        DashboardProcess.configure(folder, destination.url("/log"), "listen = '" + listen + "'");
        Path config = folder.resolve("log-agent.config");
        Files.writeString(
                config,
                Files.readString(config).replace("delay_ms = 20", "delay_ms = 20\nparser = \"auto\"")
                        + "\n[alerts]\nmin_duration_secs = 1\nclear_secs = 1\n");
    }

    private void keepWriting() {
        int[] number = {0};
        writer.scheduleAtFixedRate(
                () -> {
                    List<String> lines = IntStream.range(0, LINES_A_TICK)
                            .mapToObj(i -> "2026-11-21 12:00:00 " + (i % 10 == 0 ? "ERROR" : "INFO") + " request "
                                    + number[0]++ + " <img src=x onerror=alert(1)>")
                            .toList();
                    try {
                        Files.write(folder.resolve("app.log"), lines, StandardOpenOption.APPEND);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                0,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Test
    void showsALiveAgentAndWhatIsWrongWithIt() throws Exception {
        configure("127.0.0.1:0");
        int port;
        try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
            port = dashboard.port();
            keepWriting();
            browser.open(dashboard.url("/"));
            browser.awaitTrue("document.getElementById('connection').dataset.state === 'live'");
            browser.awaitTrue("document.getElementById('agent-name').textContent === 'test <agent>'");
            numbersMove();
            linesAppearAndAreFiltered();
            filesAreFiltered();
            reachableByKeyboard();
            logTypesHaveTheirView();
            pictures("well");
            failuresAreShownAndCleared();
            assertThat(browser.complaints()).isEmpty();
        }
        configure("127.0.0.1:" + port);
        browser.awaitTrue("document.getElementById('connection').dataset.state === 'away'");
        assertThat(browser.text("#headline")).contains("does not answer");
        try (DashboardProcess again = DashboardProcess.running(folder)) {
            browser.awaitTrue("document.getElementById('connection').dataset.state === 'live'");
            browser.awaitTrue("/All is well/.test(document.getElementById('headline').textContent)");
            assertThat(again.port()).isEqualTo(port);
            browser.awaitTrue("document.querySelectorAll('#tail li').length > 0");
        }
        assertThat(browser.complaints())
                .as("but that the agent was away, or ended while it was asked")
                .allMatch(complaint -> complaint.matches("(?s).*ERR_(CONNECTION_\\w+|EMPTY_RESPONSE).*"));
    }

    private void numbersMove() {
        browser.awaitTrue("/[1-9].*\\/s/.test(document.getElementById('tile-delivered').textContent)");
        browser.awaitTrue("/All is well: 1 log is/.test(document.getElementById('headline').textContent)");
        String delivered = browser.text("#outputs td:nth-child(3)");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !browser.text("#outputs td:nth-child(3)").equals(delivered));
        assertThat(browser.evaluate("document.querySelectorAll('#charts figure:not([hidden]) canvas').length")
                        .asInt())
                .isEqualTo(8);
    }

    private void linesAppearAndAreFiltered() {
        browser.awaitTrue("document.querySelectorAll('#tail li').length > 10");
        assertThat(browser.text("#tail .text")).contains("<img src=x onerror=alert(1)>");
        assertThat(browser.evaluate("document.querySelectorAll('#tail img').length")
                        .asInt())
                .isZero();
        browser.fill("tail-level", "ERROR");
        browser.awaitTrue("document.querySelectorAll('#tail li').length > 5");
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('#tail .level')].every(l => l.textContent === 'ERROR')")
                        .asBoolean())
                .isTrue();
        browser.fill("tail-text", "no line holds this");
        browser.awaitTrue("document.querySelectorAll('#tail li').length === 0");
        browser.fill("tail-text", "");
        browser.fill("tail-level", "");
        browser.awaitTrue("document.querySelectorAll('#tail li').length > 5");
    }

    private void filesAreFiltered() {
        browser.awaitTrue("document.querySelectorAll('#sources tr:not(.space)').length === 1");
        browser.fill("sources-text", "nothing like it");
        browser.awaitTrue("document.querySelectorAll('#sources tr:not(.space)').length === 0");
        assertThat(browser.text("#sources-count")).isEqualTo("0 of 1");
        browser.fill("sources-text", "APP.LOG");
        browser.awaitTrue("document.querySelectorAll('#sources tr:not(.space)').length === 1");
        browser.fill("sources-text", "");
    }

    private void logTypesHaveTheirView() {
        browser.awaitTrue("document.querySelectorAll('#types tr').length === 1");
        browser.awaitTrue("/[1-9]/.test(document.querySelector('#types td:nth-child(6)').textContent)");
        browser.evaluate("document.querySelector('#types button').click()");
        assertThat(browser.evaluate("document.getElementById('sources-type').value")
                        .asText())
                .isEqualTo(browser.text("#types button"));
        browser.awaitTrue("document.querySelectorAll('#sources tr:not(.space)').length === 1");
        browser.fill("sources-type", "");
    }

    private void reachableByKeyboard() {
        browser.evaluate("document.activeElement.blur()");
        browser.press("Tab");
        assertThat(browser.evaluate("document.activeElement.className").asText())
                .isEqualTo("skip");
    }

    private void failuresAreShownAndCleared() throws IOException {
        destination.stop();
        browser.awaitTrue("/Output default does not deliver: /.test(document.getElementById('troubles').textContent)");
        assertThat(browser.evaluate("document.getElementById('verdict').dataset.status")
                        .asText())
                .isEqualTo("error");
        browser.awaitTrue("document.querySelector('[data-alert=\"output_failing:default\"]') !== null");
        assertThat(browser.text("#alerts")).contains("Output default does not deliver");
        pictures("away");
        destination.restart();
        browser.awaitTrue("document.querySelector('[data-alert]') === null");
        browser.awaitTrue("/does not deliver/.test(document.getElementById('cleared').textContent)");
        browser.awaitTrue("/All is well/.test(document.getElementById('headline').textContent)");
        browser.awaitTrue("document.querySelector('#outputs .badge').textContent === 'delivering'");

        destination.answerByDefault(Answer.status(401));
        browser.awaitTrue(
                "/Output default refuses everything: .*401/.test(document.getElementById('troubles').textContent)");
        browser.awaitTrue("/401/.test(document.querySelector('#outputs .why').textContent)");
        browser.awaitTrue("/401.*, since /.test(document.querySelector('#sources .state small')?.textContent)");
        pictures("refused");
        destination.answerByDefault(Answer.status(400));
        browser.awaitTrue("/400/.test(document.getElementById('refused').textContent)");
        pictures("dead-letters");
        destination.answerByDefault(Answer.status(204));
    }

    private void pictures(String name) throws IOException {
        browser.awaitTrue("document.querySelectorAll('#charts .plot canvas').length > 0");
        assertThat(browser.barriers()).isEmpty();
        browser.picture(name + "-light");
        browser.look(1280, 900, true);
        assertThat(browser.barriers()).isEmpty();
        browser.picture(name + "-dark");
        browser.look(390, 844, false);
        browser.picture(name + "-phone");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("fits a phone")
                .isLessThanOrEqualTo(390);
        browser.look(1280, 900, false);
    }

    @Test
    void staysQuickWithThousandsOfFiles() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        for (int i = 0; i < 1000; i++) {
            DashboardProcess.write(logs.resolve("app-%04d.log".formatted(i)), "line of " + i);
        }
        configure("127.0.0.1:0");
        Path config = folder.resolve("log-agent.config");
        Files.writeString(config, Files.readString(config).replace("\"app*.log\"", "[\"app*.log\", \"logs/*.log\"]"));
        try (DashboardProcess dashboard = DashboardProcess.running(folder)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> dashboard
                                    .json("/api/stats")
                                    .at("/stats/sender/events_delivered")
                                    .asInt()
                            == 1000);
            browser.open(dashboard.url("/"));
            browser.awaitTrue("document.getElementById('sources-count').textContent === '1,001 in all'");

            JsonNode rows = browser.evaluate("document.querySelectorAll('#sources tr').length");
            assertThat(rows.asInt()).isBetween(10, 60);
            browser.evaluate("document.getElementById('sources-window').scrollTop = 1e9");
            browser.awaitTrue("/app-0999.log/.test(document.getElementById('sources').textContent)");
            browser.fill("sources-text", "0777");
            browser.awaitTrue("document.getElementById('sources-count').textContent === '1 of 1,001'");
            browser.fill("sources-text", "");
            browser.picture("thousand-files");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
