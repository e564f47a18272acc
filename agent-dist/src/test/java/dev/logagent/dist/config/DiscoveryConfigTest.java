package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Level;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.RateConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SourceConfig.Priority;
import dev.logagent.core.config.SourceConfig.StartAt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscoveryConfigTest {

    private static final String GLOBAL = """
            [global]
            agent_name = "a"
            end_point = "http://localhost:8080/log"
            send_type = "HTTP"
            region = "eu"
            tags = { env = "prod" }
            """;

    @TempDir
    Path folder;

    private LoadedConfig load(String text) throws Exception {
        return Configs.in(folder).load(text);
    }

    @Test
    void looksForLogsWhereNoSourceIsConfigured() throws Exception {
        SourceConfig source = load(GLOBAL).agent().sources().get(0);

        assertThat(source.discovery()).isEqualTo(DiscoveryConfig.DEFAULTS);
        assertThat(source.startAt()).isEqualTo(StartAt.END);
        assertThat(source.info().region()).isEqualTo("eu");
        assertThat(source.info().tags()).isEqualTo(Map.of("env", "prod"));
        assertThat(source.parser().name()).isEqualTo("auto");
    }

    @Test
    void looksForNoneBesideSourcesUnlessToldTo() throws Exception {
        assertThat(load(Configs.MINIMAL).agent().sources()).hasSize(1);
        assertThat(load(Configs.MINIMAL + "[discovery]\nenabled = false\n")
                        .agent()
                        .sources())
                .hasSize(1);
        assertThat(load(Configs.MINIMAL + "[discovery]\n").agent().sources())
                .extracting(SourceConfig::name)
                .containsExactly("app1", "discovery");
    }

    @Test
    void givesEveryKeyToTheAgent() throws Exception {
        LoadedConfig config = load(GLOBAL + """
                [discovery]
                scan_paths = ["logs", "/opt/*/logs"]
                container_paths = []
                include = ["*.log", "other/*.txt"]
                exclude = "*.audit"
                scan_interval_secs = 2.5
                max_depth = 3
                max_files = 20
                start_at = "beginning"
                """);

        SourceConfig source = config.agent().sources().get(0);
        assertThat(source.startAt()).isEqualTo(StartAt.BEGINNING);
        assertThat(source.discovery())
                .isEqualTo(new DiscoveryConfig(
                        List.of(folder.resolve("logs").toString(), "/opt/*/logs"),
                        List.of(),
                        List.of("*.log", folder.resolve("other/*.txt").toString()),
                        List.of("*.audit"),
                        Duration.ofMillis(2500),
                        3,
                        20));
        assertThat(config.effective().toToml()).contains("[discovery]", "max_files = 20");
    }

    @Test
    void givesPrioritiesAndLimitsToTheAgent() throws Exception {
        LoadedConfig config = load(Configs.MINIMAL + """
                priority = "high"
                max_lines_per_sec = 100
                max_bytes_per_sec = 2000
                [limits]
                max_lines_per_sec = 300
                max_bytes_per_sec = 4000
                cpu_percent = 5
                """);

        SourceConfig source = config.agent().sources().get(0);
        assertThat(source.priority()).isEqualTo(Priority.HIGH);
        assertThat(source.rate()).isEqualTo(new RateConfig(100, 2000));
        assertThat(config.agent().limits().rate()).isEqualTo(new RateConfig(300, 4000));
        assertThat(config.agent().limits().cpuPercent()).isEqualTo(5);
        assertThat(config.agent().global().urgentLevels()).containsExactly(Level.CRITICAL);
    }

    @Test
    void letsRoutesNameSourcesThatAreNotKnownYet() throws Exception {
        LoadedConfig config = load(GLOBAL + """
                [[routes]]
                sources = ["nginx"]
                outputs = ["default"]
                """);

        assertThat(config.agent().routes()).hasSize(1);
    }
}
