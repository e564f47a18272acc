package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logagent.api.encode.Format;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.SourceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigDocumentTest {

    @TempDir
    Path folder;

    @Test
    void givesEveryKeyToTheAgent() throws Exception {
        LoadedConfig config = Configs.in(folder).load("""
                        [global]
                        agent_name = "a"
                        end_point = "http://localhost"
                        send_type = "hTTp"
                        retry_delay_ms = 9_223_372_036_854_775_807
                        channel_bound = 9_223_372_036_854_775_807
                        interval_secs = 0.25
                        max_batch_size = 65535
                        max_batch_bytes = 4096
                        compression = "GZIP"
                        format = "event"
                        state_dir = "state here"
                        plugin_dir = "/opt/plugins"
                        start_at = "beginning"
                        ordering = "none"
                        max_line_bytes = 2048
                        shutdown_timeout_secs = 0.5
                        host = "h"
                        region = "eu"
                        tags = { env = "prod", team = "a" }

                        [[sources]]
                        name = "one"
                        log_path = ["./a.log", "/b/*.log"]
                        exclude = "/b/x*.log"
                        delay_ms = 7
                        start_at = "end"
                        parser = "plain"
                        service = "s"
                        component = "c"
                        region = "us"
                        tags = { team = "b" }

                        [[sources]]
                        name = "two"
                        log_path = "c.log"

                        [buffer]
                        max_memory_bytes = 8192

                        [transport.http]
                        request_timeout_ms = 3
                        """);

        GlobalConfig global = config.agent().global();
        assertThat(global.retryDelay()).isGreaterThan(Duration.ofDays(365));
        assertThat(global.channelBound()).isEqualTo(Integer.MAX_VALUE);
        assertThat(global.interval()).isEqualTo(Duration.ofMillis(250));
        assertThat(global.maxBatchSize()).isEqualTo(65_535);
        assertThat(global.maxBatchBytes()).isEqualTo(4096);
        assertThat(global.stateDir()).isEqualTo(folder.resolve("state here"));
        assertThat(global.ordering()).isEqualTo(GlobalConfig.Ordering.NONE);
        assertThat(global.maxLineBytes()).isEqualTo(2048);
        assertThat(global.shutdownTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.pluginDirs()).containsExactly(Path.of("/opt/plugins"));
        SourceConfig one = config.agent().sources().get(0);
        assertThat(one.logPaths()).containsExactly(folder.resolve("a.log").toString(), "/b/*.log");
        assertThat(one.exclude()).containsExactly("/b/x*.log");
        assertThat(one.delay()).isEqualTo(Duration.ofMillis(7));
        assertThat(one.startAt()).isEqualTo(SourceConfig.StartAt.END);
        assertThat(one.info().service()).isEqualTo("s");
        assertThat(one.info().component()).isEqualTo("c");
        assertThat(one.info().host()).isEqualTo("h");
        assertThat(one.info().region()).isEqualTo("us");
        assertThat(one.info().tags()).isEqualTo(Map.of("env", "prod", "team", "b"));
        SourceConfig two = config.agent().sources().get(1);
        assertThat(two.startAt()).isEqualTo(SourceConfig.StartAt.BEGINNING);
        assertThat(two.info().region()).isEqualTo("eu");
        assertThat(two.info().tags()).isEqualTo(Map.of("env", "prod", "team", "a"));
        assertThat(config.agent().buffer().maxMemoryBytes()).isEqualTo(8192);
        assertThat(config.transport().compression()).isEqualTo(Compression.GZIP);
        assertThat(config.transport().format()).isEqualTo(Format.EVENT);
        assertThat(config.transport().options().integer("request_timeout_ms")).isEqualTo(3);
    }

    @Test
    void takesHostAndFormatFromTheirSurroundingsUnlessTold() throws Exception {
        LoadedConfig config = Configs.in(folder).load(Configs.MINIMAL);
        LoadedConfig silent = Configs.in(folder).load(Configs.MINIMAL.replace("[global]", "[global]\nhost = ''"));

        assertThat(config.agent().sources().get(0).info().host()).isEqualTo("host1");
        assertThat(config.transport().effectiveFormat()).isEqualTo(Format.BATCH);
        assertThat(silent.agent().sources().get(0).info().host()).isNull();
    }

    @Test
    void saysWhereThePluginsAreBeforeAnythingIsValidated() throws Exception {
        Configs configs = Configs.in(folder).with(Map.of("PLUGINS", "here"));
        configs.write("log-agent.config", "[global]\nplugin_dir = '${PLUGINS}/x'\nnonsense = 1\n");
        configs.write("empty.config", "");

        assertThat(ConfigDocument.read(Path.of("log-agent.config"), configs.surroundings())
                        .pluginDirs())
                .containsExactly(folder.resolve("here/x"));
        assertThat(ConfigDocument.read(Path.of("empty.config"), configs.surroundings())
                        .pluginDirs())
                .isEmpty();
    }

    @Test
    void makesTheTransport() throws Exception {
        LoadedConfig config = Configs.in(folder).load(Configs.MINIMAL);

        List<Transport> transports = config.createTransports(config.transport(), "1.0", 10);

        assertThat(transports).hasSize(1);
        assertThat(transports.get(0).check()).isEqualTo("fine");
        transports.get(0).close();
    }

    @Test
    void pointsAtWhatOnlyTheTransportFindsWrong() throws Exception {
        LoadedConfig config =
                Configs.in(folder).load(Configs.MINIMAL.replace("\"http://localhost", "\"ftp://me:hunter2@localhost"));

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> config.createTransports(config.transport(), "1.0", 10))
                .withMessage("""
                        log-agent.config:3:13: 'end_point' must begin with http:// or https://, found ftp://me:***@localhost:8080/log
                           3 | end_point = "ftp://me:***@localhost:8080/log"
                             |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                        1 problem. Nothing was started.""");
    }

    @Test
    void namesFilesAsTheUserDoes() throws Exception {
        Configs configs = Configs.in(folder).write("sub/x.config", "[global]\n");
        Path absolute = folder.resolve("sub/x.config");

        assertThat(problem(Path.of("./sub/x.config"), configs).file()).isEqualTo("sub/x.config");
        assertThat(problem(absolute, configs).file()).isEqualTo(absolute.toString());
    }

    private static Problem problem(Path file, Configs configs) {
        try {
            ConfigDocument.read(file, configs.surroundings()).validate(new TestTransports());
        } catch (ConfigException e) {
            return e.problems().get(0);
        }
        throw new AssertionError("nothing is wrong");
    }
}
