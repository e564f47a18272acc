package dev.logagent.dist.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the Dockerfile and of the compose file's own services, in their order. */
final class ContainersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)/");

    @TempDir
    static Path imageFolder;

    @TempDir
    Path folder;

    private static ImageRoot image = ImageRoot.of(Path.of(""), Map.of());

    @BeforeAll
    static void buildTheImage() throws Exception {
        letOthersIn(imageFolder);
        image = ImageRoot.build(Dockerfile.read(), imageFolder);
    }

    @BeforeEach
    void letTheUserIn() throws IOException {
        letOthersIn(folder);
    }

    @Test
    void theImageHasTheProgramAndItsUser() throws Exception {
        assertThat(image.at("opt/log-agent/bin/log-agent")).isExecutable();
        assertThat(image.at("opt/log-agent/transports")).isDirectoryContaining("glob:**/http");
        assertThat(image.at("var/lib/log-agent")).isDirectory();
        assertThat(Files.getPosixFilePermissions(image.at("var/lib/log-agent")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        if (Command.isRoot()) {
            String user = Dockerfile.read().last("USER").rest();
            assertThat(Files.readString(image.at("etc/passwd"))).contains("log-agent:!:" + user + ":" + user + ":");
            assertThat(Files.readString(image.at("etc/group"))).contains("adm:x:4:log-agent");
            assertThat(Files.getAttribute(image.at("var/lib/log-agent"), "unix:uid"))
                    .isEqualTo(Integer.parseInt(user));
        }
    }

    @Test
    void theCollectorDeliversToTheReceiver() throws Exception {
        try (Container receiver = startReceiver();
                Container collector = startCollector(receiver)) {
            await().atMost(PATIENCE).until(() -> collector.output().contains("following"));
            Files.writeString(
                    collector.at("var/log/syslog"), "Nov 21 10:00:00 host app: it works\n", StandardOpenOption.APPEND);

            await().atMost(PATIENCE).until(() -> receiver.output().contains("it works"));
            await().atMost(PATIENCE).until(collector::isHealthy);
            assertThat(collector.info().command().orElseThrow()).endsWith("/bin/java");
            if (Command.isRoot()) {
                assertThat(collector.user())
                        .isEqualTo(Dockerfile.read().last("USER").rest());
            }
            assertThat(collector.stop()).isZero();
            assertThat(collector.output()).contains("agent 'box' sends to", "nothing left in flight");
            assertThat(collector.isHealthy()).as("it has stopped").isFalse();
            assertThat(receiver.stop()).isZero();
        }
    }

    @Test
    void linesOfTheTimeBetweenTwoContainersAreDelivered() throws Exception {
        try (Container receiver = startReceiver();
                Container collector = startCollector(receiver)) {
            await().atMost(PATIENCE).until(() -> collector.output().contains("following"));
            assertThat(collector.stop()).isZero();
            Files.writeString(collector.at("var/log/syslog"), "in between\n", StandardOpenOption.APPEND);
            collector.restart();
            await().atMost(PATIENCE).until(() -> receiver.output().contains("in between"));
        }
    }

    @Test
    void aProcessThatNoLongerAnswersBecomesUnhealthy() throws Exception {
        try (Container receiver = startReceiver()) {
            receiver.kill();
            Files.setLastModifiedTime(
                    receiver.at("var/lib/log-agent/alive"),
                    FileTime.from(Instant.now().minusSeconds(150)));
            assertThat(receiver.isHealthy()).isFalse();
        }
    }

    private Container startReceiver() throws Exception {
        Container receiver = Container.start(
                "log-receiver", image, folder, Map.of(), argument -> argument.replace("0.0.0.0:8080", "127.0.0.1:0"));
        await().atMost(PATIENCE)
                .until(() -> LISTENING.matcher(receiver.output()).find() || !receiver.isAlive());
        assertThat(receiver.output()).containsPattern(LISTENING);
        await().atMost(PATIENCE).until(receiver::isHealthy);
        return receiver;
    }

    private Container startCollector(Container receiver) throws Exception {
        Matcher listening = LISTENING.matcher(receiver.output());
        assertThat(listening.find()).isTrue();
        Map<String, String> variables =
                Map.of("AGENT_NAME", "box", "LOG_AGENT_END_POINT", "http://127.0.0.1:" + listening.group(1) + "/log");
        Files.createDirectories(image.at("var/log"));
        Files.writeString(image.at("var/log/syslog"), "of an earlier time\n");
        return Container.start("collector", image, folder, variables, UnaryOperator.identity());
    }

    private static void letOthersIn(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
