package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Level;
import dev.logagent.api.encode.EventStyle;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.LevelCase;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.RouteConfig;
import dev.logagent.core.config.SovereigntyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several destinations, what goes to them, and what must not. */
final class OutputsTest {

    private static final String SOURCES = """
            [[sources]]
            name = "app1"
            log_path = "/var/log/app1.log"
            region = "eu"
            classification = "secret"
            """;

    private static final String GLOBAL = """
            [global]
            agent_name = "a"
            end_point = "http://localhost:8080/log"
            send_type = "HTTP"
            regions = ["eu", "us"]
            retry_count = 9
            interval_secs = 2
            compression = "gzip"
            """;

    @TempDir
    Path folder;

    @Test
    void overridesWhatGlobalSaysOfDelivery() throws Exception {
        LoadedConfig config = load("""
                [[outputs]]
                name = "other"
                send_type = "Http"
                end_point = "http://other"
                regions = "eu"
                max_send_task = 1
                interval_secs = 0.5
                max_batch_size = 7
                max_batch_bytes = 2048
                channel_bound = 3
                retry_delay_ms = 4
                ordering = "none"
                compression = "none"
                format = "event"
                level_case = "lower"
                include_raw = false
                """);

        assertThat(config.agent().outputs()).extracting(OutputConfig::name).containsExactly("default", "other");
        assertThat(config.agent().outputs().get(0).regions()).containsExactlyInAnyOrder("eu", "us");
        OutputConfig other = config.agent().outputs().get(1);
        assertThat(other.regions()).containsExactly("eu");
        GlobalConfig delivery = other.delivery();
        assertThat(delivery.maxSendTasks()).isEqualTo(1);
        assertThat(delivery.retryCount()).as("as in [global]").isEqualTo(9);
        assertThat(delivery.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(delivery.maxBatchSize()).isEqualTo(7);
        assertThat(delivery.maxBatchBytes()).isEqualTo(2048);
        assertThat(delivery.channelBound()).isEqualTo(3);
        assertThat(delivery.retryDelay()).isEqualTo(Duration.ofMillis(4));
        assertThat(delivery.ordering()).isEqualTo(GlobalConfig.Ordering.NONE);
        TransportConfig transport = config.transports().get(1);
        assertThat(transport.compression()).isEqualTo(Compression.NONE);
        assertThat(transport.effectiveFormat()).isEqualTo(Format.EVENT);
        assertThat(transport.style().levelCase()).isEqualTo(LevelCase.LOWER);
        assertThat(transport.style().hasRaw()).isFalse();
        assertThat(config.transport().style()).isEqualTo(EventStyle.USUAL);
        assertThat(config.transport().compression()).isEqualTo(Compression.GZIP);
    }

    @Test
    void takesOptionsOfTheOutputElseThoseOfTheTransport() throws Exception {
        LoadedConfig config = load("""
                [[outputs]]
                name = "own"
                send_type = "http"
                end_point = "http://own"
                options = { request_timeout_ms = 5 }
                [[outputs]]
                name = "shared"
                send_type = "http"
                end_point = "http://shared"
                [[outputs]]
                name = "bus"
                send_type = "kafka"
                end_point = "broker"
                [outputs.options]
                topic = "t"
                [transport.HTTP]
                request_timeout_ms = 6
                """);

        assertThat(config.transports())
                .extracting(transport -> transport.output() + " " + transport.name())
                .containsExactly("default http", "own http", "shared http", "bus kafka");
        assertThat(config.transports().subList(0, 3))
                .extracting(transport -> transport.options().integer("request_timeout_ms"))
                .containsExactly(6L, 5L, 6L);
        assertThat(config.transports().get(3).options().string("topic")).isEqualTo("t");
    }

    @Test
    void makesATransportForEachEndPoint() throws Exception {
        LoadedConfig config = load("""
                [[outputs]]
                name = "two"
                send_type = "http"
                end_point = ["http://u:p@one", "http://two"]
                """);

        List<Transport> transports = config.createTransports(config.transports().get(1), "1.0", 10);
        assertThat(transports).hasSize(2);
        transports.forEach(Transport::close);
        assertThat(config.transports().get(1).endPoints())
                .extracting(TransportConfig.EndPoint::shown)
                .containsExactly("http://***@one", "http://two");
    }

    @Test
    void readsRoutesAndRules() throws Exception {
        LoadedConfig config = load("""
                [[outputs]]
                name = "eu"
                send_type = "http"
                end_point = "http://eu"
                regions = ["eu"]
                [[routes]]
                sources = ["app*"]
                levels = ["error", "Critical"]
                services = "s"
                regions = ["eu"]
                tags = { env = "prod" }
                outputs = ["eu", "default"]
                continue = true
                [[sovereignty.rules]]
                region = "eu"
                classification = "secret"
                permitted = ["eu", "us"]
                """);

        assertThat(config.agent().routes())
                .containsExactly(new RouteConfig(
                        Set.of("app*"),
                        Set.of(Level.ERROR, Level.CRITICAL),
                        Set.of("s"),
                        Set.of("eu"),
                        Map.of("env", "prod"),
                        Set.of("eu", "default"),
                        true));
        assertThat(config.agent().sovereignty().rules())
                .containsExactly(new SovereigntyConfig.Rule("eu", "secret", Set.of("eu", "us")));
        assertThat(config.agent().sources().get(0).info().classification()).isEqualTo("secret");
    }

    private LoadedConfig load(String more) throws Exception {
        return Configs.in(folder).load(GLOBAL + SOURCES + more);
    }
}
