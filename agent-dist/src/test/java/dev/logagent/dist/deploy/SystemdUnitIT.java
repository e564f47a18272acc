package dev.logagent.dist.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/log-agent.service}, with its paths moved into a temporary folder. */
final class SystemdUnitIT {

    @TempDir
    Path folder;

    private ImageRoot root = ImageRoot.of(Path.of(""), Map.of());
    private String unit = "";

    @BeforeEach
    void install() throws Exception {
        root = ImageRoot.of(folder, Map.of());
        unit = root.move(Files.readString(Command.repository().resolve("deploy/log-agent.service")));
        Files.createDirectories(root.at("opt"));
        Files.createDirectories(root.at("etc/log-agent"));
        Files.createSymbolicLink(root.at("opt/log-agent"), Path.of(System.getProperty("log-agent.program")));
    }

    @Test
    void systemdUnderstandsIt() throws Exception {
        Path file = Files.writeString(folder.resolve("log-agent.service"), unit);

        assertThat(analyze("verify", file)).isBlank();
        assertThat(analyze("security", file)).doesNotContain("EXPOSED", "UNSAFE");
    }

    @Test
    void aBadConfigurationStopsItBeforeItRunsAndIsNotTriedAgain() throws Exception {
        Files.writeString(root.at("etc/log-agent/log-agent.config"), "[global]\n");
        Command.Result result = command("ExecStartPre").run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(value("RestartPreventExitStatus")).isEqualTo("2");
        assertThat(result.output()).contains("agent_name");
    }

    @Test
    void runsAndStopsWhenAsked() throws Exception {
        Files.writeString(root.at("etc/log-agent/log-agent.config"), """
                [global]
                agent_name = "unit"
                end_point = "http://127.0.0.1:9/log"
                send_type = "HTTP"
                state_dir = "state"
                [[sources]]
                name = "app"
                log_path = "app.log"
                """);
        command("ExecStartPre").succeed();
        Path output = folder.resolve("output.txt");
        Process process = command("ExecStart").start(output);
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(output).contains("waiting for one"));
            assertThat(value("KillSignal")).isEqualTo("SIGTERM");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private Command command(String key) {
        return new Command(folder, value(key).split(" "));
    }

    private String value(String key) {
        return unit.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the unit says nothing of " + key));
    }

    private String analyze(String verb, Path file) throws IOException, InterruptedException {
        List<String> line = verb.equals("verify")
                ? List.of("systemd-analyze", "verify", "--man=no", file.toString())
                : List.of("systemd-analyze", "security", "--offline=true", "--no-pager", file.toString());
        try {
            return new Command(line, folder, Map.of("SYSTEMD_COLORS", "0")).succeed();
        } catch (IOException e) {
            throw new AssertionError("systemd-analyze is needed: install the package systemd", e);
        }
    }
}
