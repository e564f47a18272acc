package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.ParsedLines;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.discovery.FileWatcher;
import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.status.SourceStatus;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DiscoveredLogsTest {

    private final Path root;
    private final ScriptedTransport transport = new ScriptedTransport();
    private final RecordingEvents events = new RecordingEvents();
    private @Nullable Agent agent;

    DiscoveredLogsTest(@TempDir Path root) {
        this.root = root;
    }

    @AfterEach
    void stop() {
        if (agent != null) {
            agent.close();
        }
    }

    private Path append(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Settings settings() {
        return Settings.in(root.resolve("state")).startAt(StartAt.END);
    }

    private Agent start(Settings settings, FileWatcher.Factory watchers) throws IOException {
        Agent started = new Agent(
                settings.agent(),
                Map.of(OutputConfig.DEFAULT_NAME, transport),
                output -> events,
                watchers,
                CrashPoints.NONE);
        agent = started;
        started.start();
        return started;
    }

    private Agent start() throws IOException {
        return start(settings().discovery(root.resolve("var/log")), FileWatcher::new);
    }

    /** The source, the service that the path tells, and the text of each line. */
    private List<String> lines() {
        return transport.events().stream().map(DiscoveredLogsTest::line).toList();
    }

    private static String line(LogEvent event) {
        LineRun run = event.run();
        ParsedLines parsed = Objects.requireNonNull(run.parsed());
        return run.source().name() + "/" + parsed.origin().service() + ": " + event.text();
    }

    @ParameterizedTest
    @EnumSource
    void followsWhatIsThereAndServicesThatComeLater(Watching watching) throws Exception {
        append("var/log/syslog", "Nov 21 08:00:00 web1 cron[1]: before\n");
        Agent running = start(settings().discovery(root.resolve("var/log")), watching.watchers());

        append("var/log/syslog", "Nov 21 08:00:01 web1 cron[1]: now\n");
        append("var/log/nginx/access.log", "192.0.2.1 - - [21/Nov/2026:08:00:02 +0000] \"GET / HTTP/1.1\" 200 6\n");
        append("var/log/shop/a/b/app.log", "2026-11-21 08:00:03,000 INFO later\n");

        await().untilAsserted(() -> assertThat(lines())
                .containsExactlyInAnyOrder(
                        "syslog/null: Nov 21 08:00:01 web1 cron[1]: now",
                        "nginx/nginx: 192.0.2.1 - - [21/Nov/2026:08:00:02 +0000] \"GET / HTTP/1.1\" 200 6",
                        "shop/shop: 2026-11-21 08:00:03,000 INFO later"));
        assertThat(running.board().sources()).extracting(SourceStatus::name).containsExactly("nginx", "shop", "syslog");
        assertThat(running.board().inventory()).extracting(FoundFile::state).containsOnly(FoundFile.State.FOLLOWED);
    }

    @Test
    void saysNothingOfFoldersWithNamesThatRotationGives() throws Exception {
        append("var/log/shop-1/app.log", "");
        append("var/log/shop-2/app.log", "");
        start();
        append("var/log/shop-2/app.log", "1\n");

        await().until(() -> transport.texts().contains("1"));
        assertThat(events.named("fileSkipped")).isEmpty();
    }

    @Test
    void readsAFileThatHasSeveralNamesOnce() throws Exception {
        Path log = append("var/log/pods/shop_web-1_uid/web/0.log", "2026-11-21T08:00:00.000000000Z stdout F ready\n");
        Files.createDirectories(root.resolve("var/log/containers"));
        Files.createSymbolicLink(root.resolve("var/log/containers/web-1_shop_web-" + "a".repeat(64) + ".log"), log);
        start();
        append("var/log/pods/shop_web-1_uid/web/0.log", "2026-11-21T08:00:01.000000000Z stdout F once\n");
        append("var/log/end", "end\n");

        await().until(() -> lines().contains("end/null: end"));
        await().untilAsserted(() -> assertThat(lines())
                .containsExactlyInAnyOrder("end/null: end", "web/web: 2026-11-21T08:00:01.000000000Z stdout F once"));
        assertThat(Objects.requireNonNull(transport.events().stream()
                                .filter(event -> event.run().source().name().equals("web"))
                                .findFirst()
                                .orElseThrow()
                                .run()
                                .parsed())
                        .origin()
                        .metadata())
                .containsEntry("container_id", "a".repeat(64))
                .containsEntry("pod_uid", "uid");
    }

    @Test
    void followsRotationAndResumesAfterARestart() throws Exception {
        append("var/log/shop/app.log", "1\n");
        start();
        append("var/log/shop/app.log", "2\n");
        await().until(() -> transport.texts().contains("2"));
        Files.move(root.resolve("var/log/shop/app.log"), root.resolve("var/log/shop/app.log.1"));
        append("var/log/shop/app.log.1", "3\n");
        append("var/log/shop/app.log", "4\n");
        await().until(() -> transport.texts().contains("4"));
        stop();
        append("var/log/shop/app.log", "5\n");
        append("var/log/newcomer/app.log", "6\n");
        start();

        await().untilAsserted(() -> assertThat(transport.texts()).containsExactlyInAnyOrder("2", "3", "4", "5", "6"));
    }

    @Test
    void leavesWhatASourceMeansToIt() throws Exception {
        append("var/log/shop/app.log", "");
        append("var/log/shop/other.log", "");
        start(
                settings().source("mine", root.resolve("var/log/shop/app.log")).discovery(root.resolve("var/log")),
                FileWatcher::new);
        append("var/log/shop/app.log", "mine\n");
        append("var/log/shop/other.log", "found\n");

        await().until(() -> transport.texts().size() == 2);
        assertThat(transport.events())
                .extracting(event -> event.run().source().name() + " " + event.text())
                .containsExactlyInAnyOrder("mine mine", "shop found");
    }

    @Test
    void keepsTracesTogetherWithoutKeepingOtherLinesBack() throws Exception {
        start();
        append("var/log/shop/app.log", "2026-11-21 08:00:00,000 INFO ready\n");
        append("var/log/shop/app.log", """
                2026-11-21 08:00:01,000 ERROR no order
                java.lang.IllegalStateException: empty
                \tat shop.App.main(App.java:3)
                Caused by: java.io.IOException: gone
                \t... 1 more
                2026-11-21 08:00:02,000 INFO going on
                """);

        await().untilAsserted(() -> assertThat(transport.texts())
                .containsExactly("2026-11-21 08:00:00,000 INFO ready", """
                        2026-11-21 08:00:01,000 ERROR no order
                        java.lang.IllegalStateException: empty
                        \tat shop.App.main(App.java:3)
                        Caused by: java.io.IOException: gone
                        \t... 1 more""", "2026-11-21 08:00:02,000 INFO going on"));
    }
}
