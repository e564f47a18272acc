package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logs of a host of which the configuration names none; what becomes of their lines is shown by {@code StartScriptIT}. */
final class DiscoveryIT {

    @TempDir
    Path folder;

    private void append(String path, String... lines) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void configure(CollectorServer collector) throws IOException {
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                format = "event"
                interval_secs = 0.1
                state_dir = "state"
                [discovery]
                scan_paths = ["var/log", "opt/*/logs"]
                container_paths = "var/lib/docker/containers/*"
                [dashboard]
                listen = "127.0.0.1:0"
                """.formatted(collector.url("/log")));
    }

    @Test
    void showsWhatItFindsAndWhyItLeavesTheRestAlone() throws Exception {
        append("var/log/nginx/error.log", "2026/11/21 08:00:03 [error] 11#11: *6 no");
        append("var/log/core.log", "\u0000");
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector);
            String shown = AgentProcess.run(folder, "sources");
            String all = AgentProcess.run(folder, "sources", "--json");

            assertThat(shown).containsPattern("nginx +web +nginx +followed +41 +\\S+/var/log/nginx/error.log");
            assertThat(shown).contains("1 more are skipped or rotated").endsWith("exit code 0");
            assertThat(all).contains("\"reason\":\"binary\"").contains("\"component\":\"error\"");
        }
    }

    @Test
    void followsNoMoreFilesThanItMay() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            append("var/log/" + name + ".log", "of " + name);
        }
        try (CollectorServer collector = CollectorServer.start()) {
            configure(collector);
            Path config = folder.resolve("log-agent.config");
            Files.writeString(config, Files.readString(config).replace("scan_paths", "max_files = 2\nscan_paths"));

            assertThat(AgentProcess.run(folder, "sources", "--all")).contains("there are more than max_files (2)");
            assertThat(AgentProcess.run(folder, "run", "--once")).endsWith("exit code 0");
            String sent = String.join(
                    "",
                    collector.requests().stream()
                            .map(request -> new String(request.body(), StandardCharsets.UTF_8))
                            .toList());
            assertThat(sent).contains("of a", "of b").doesNotContain("of c");
        }
    }
}
