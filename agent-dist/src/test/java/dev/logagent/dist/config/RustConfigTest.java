package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.transport.Compression;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.SourceConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three configurations in the README of the Rust agent run as they are. */
final class RustConfigTest {

    @TempDir
    Path folder;

    @Test
    void takesTheQuickStart() throws Exception {
        LoadedConfig config = Configs.in(folder).load("""
                        [global]
                        agent_name = "my-server"
                        end_point = "http://localhost:8080/log"
                        send_type = "HTTP"
                        [[sources]]
                        name = "app1"
                        log_path = "/var/log/app1.log"
                        [[sources]]
                        name = "app2"
                        log_path = "/var/log/app2.log"
                        """);

        GlobalConfig global = config.agent().global();
        assertThat(global.agentName()).isEqualTo("my-server");
        assertThat(global.maxSendTasks()).isEqualTo(5);
        assertThat(global.retryCount()).isEqualTo(3);
        assertThat(global.retryDelay()).isEqualTo(Duration.ofMillis(100));
        assertThat(global.channelBound()).isEqualTo(1024);
        assertThat(global.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(global.maxBatchSize()).isEqualTo(100);
        assertThat(config.agent().sources()).extracting(SourceConfig::name).containsExactly("app1", "app2");
        assertThat(config.agent().sources().get(0).delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.agent().sources().get(0).startAt()).isEqualTo(SourceConfig.StartAt.END);
        assertThat(config.transport().name()).isEqualTo("http");
        assertThat(config.transport().endPoints().get(0).address()).isEqualTo("http://localhost:8080/log");
        assertThat(config.transport().compression()).isEqualTo(Compression.NONE);
        assertThat(config.transport().format()).isNull();
    }

    @Test
    void takesAllGlobalKeysAndARelativePath() throws Exception {
        LoadedConfig config = Configs.in(folder).load("""
                        [global]
                        agent_name = "agent1"
                        end_point = "http://localhost:8080/log"
                        send_type = "HTTP"
                        max_send_task = 5
                        retry_count = 3
                        retry_delay_ms = 100
                        channel_bound = 1024
                        interval_secs = 5
                        max_batch_size = 100
                        [[sources]]
                        name = "app1"
                        log_path = "app1.log"
                        delay_ms = 100
                        """);

        SourceConfig source = config.agent().sources().get(0);
        assertThat(source.logPaths()).containsExactly(folder.resolve("app1.log").toString());
        assertThat(source.delay()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void takesTheCompleteExample() throws Exception {
        LoadedConfig config = Configs.in(folder).load("""
                        [global]
                        agent_name = "production-server-1"
                        end_point = "https://log-collector.example.com/api/logs"
                        send_type = "HTTP"
                        max_send_task = 10
                        retry_count = 5
                        retry_delay_ms = 200
                        channel_bound = 2048
                        interval_secs = 3
                        max_batch_size = 50
                        [[sources]]
                        name = "nginx-access"
                        log_path = "/var/log/nginx/access.log"
                        delay_ms = 100
                        [[sources]]
                        name = "nginx-error"
                        log_path = "/var/log/nginx/error.log"
                        delay_ms = 100
                        [[sources]]
                        name = "app"
                        log_path = "/var/log/myapp/app.log"
                        delay_ms = 200
                        """);

        GlobalConfig global = config.agent().global();
        assertThat(global.maxSendTasks()).isEqualTo(10);
        assertThat(global.retryCount()).isEqualTo(5);
        assertThat(global.retryDelay()).isEqualTo(Duration.ofMillis(200));
        assertThat(global.channelBound()).isEqualTo(2048);
        assertThat(global.interval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(global.maxBatchSize()).isEqualTo(50);
        assertThat(config.agent().sources()).hasSize(3);
        assertThat(config.agent().sources().get(2).delay()).isEqualTo(Duration.ofMillis(200));
    }
}
