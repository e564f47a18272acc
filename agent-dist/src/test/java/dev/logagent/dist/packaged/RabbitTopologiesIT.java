package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges and queues that others have declared, fed by the packaged agent from configuration alone. */
final class RabbitTopologiesIT {

    /** What consumers read as text. */
    private static final Set<String> TEXTS =
            Set.of("id", "timestamp", "level", "message", "service", "component", "source", "routing_key");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PAGE = "docs/transport-rabbitmq.md";
    private static final String A = "a";
    private static final String B = "b";
    private static final List<String> AREAS = List.of("database", "api", "security", "analytics", "monitoring");

    @TempDir
    static Path brokerFolder;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static RabbitBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        broker = RabbitBroker.start(brokerFolder, List.of(A, B));
        try (Connection connection = broker.connect(A);
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("logs", "topic", true);
            bind(channel, "log_messages", "logs", "logs.info.*", "logs.warning.*");
            bind(channel, "error_messages", "logs", "logs.error.*", "logs.critical.*");
            bind(channel, "debug_messages", "logs", "logs.debug.*");
            channel.exchangeDeclare("blocked", "topic", true);
            bind(channel, "blocked", "blocked", "#");
        }
        try (Connection connection = broker.connect(B);
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("logs_direct", "direct", true);
            channel.exchangeDeclare("logs_topic", "topic", true);
            channel.exchangeDeclare("logs_fanout", "fanout", true);
            bind(channel, "database.logs", "logs_direct", "database.postgres.error");
            for (String area : AREAS) {
                bind(channel, area + ".logs", "logs_topic", area + ".*");
            }
            bind(channel, "broadcast.logs", "logs_fanout", "");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void oneTopicExchangeByLevel() throws Exception {
        String log =
                source("shop", "db", "engine", "INFO one", "WARNING two", "ERROR three", "CRITICAL four", "DEBUG five");
        deliver(A, Documented.of(PAGE, "topology-a").text() + log);

        assertThat(messages(A, "log_messages", 2))
                .containsExactly("logs.info.db INFO one", "logs.warning.db WARNING two");
        assertThat(messages(A, "error_messages", 2))
                .containsExactly("logs.error.db ERROR three", "logs.critical.db CRITICAL four");
        assertThat(messages(A, "debug_messages", 1)).containsExactly("logs.debug.db DEBUG five");
    }

    @Test
    void threeExchangesByRules() throws Exception {
        deliver(
                B,
                Documented.of(PAGE, "topology-b").text()
                        + source("pg", "database", "postgres", "ERROR deadlock")
                        + source("web", "api", "http", "WARNING slow")
                        + source("auth", "security", "login", "INFO who")
                        + source("spark", "analytics", "batch", "CRITICAL full")
                        + source("probe", "monitoring", "ping", "DEBUG late"));

        assertThat(messages(B, "database.logs", 1)).containsExactly("database.postgres.error error deadlock");
        assertThat(messages(B, "api.logs", 1)).containsExactly("api.http warning slow");
        assertThat(messages(B, "analytics.logs", 1)).containsExactly("analytics.batch critical full");
        assertThat(messages(B, "broadcast.logs", 2))
                .containsExactlyInAnyOrder("security.login.info info who", "monitoring.ping.debug debug late");
    }

    @Test
    void aKeyThatNoQueueIsBoundForGoesToTheDeadLettersAndIsTold() throws Exception {
        String options = """
                [transport.rabbitmq]
                exchange = "logs_topic"
                routing_key = "{service}.{component}.{level}"
                """;
        try (AgentProcess agent = agent(B, options + source("web", "api", "http", "INFO lost?"))) {
            assertThat(agent.exitCode()).as("not all is delivered").isEqualTo(1);
            assertThat(agent.output()).contains("1 event(s) refused for good", "unroutable", "api.http.info");
        }
        assertThat(Files.readString(folder.resolve("state/dead-letters/dead-letters.jsonl")))
                .contains("INFO lost?", "312 NO_ROUTE");
    }

    @Test
    void aBrokerThatBlocksPublishersIsToldAndWaitedFor() throws Exception {
        String options = "[transport.rabbitmq]\nexchange = \"blocked\"\nconfirm_timeout_ms = 500\n";
        configure(A, options + source("app", "app", "main"));
        broker.control("set_vm_memory_high_watermark", "0.000001");
        try (AgentProcess agent = AgentProcess.running(folder)) {
            Files.writeString(folder.resolve("app.log"), "CRITICAL blocked\n", StandardOpenOption.APPEND);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(AgentProcess.run(folder, "outputs"))
                            .contains("connection.blocked", "low on memory"));
            assertThat(agent.said("takes no messages for now")).isPositive();
            broker.control("set_vm_memory_high_watermark", "0.4");
            agent.awaitLog("takes messages again");
            assertThat(messages(A, "blocked", 1)).contains("logs.critical.app CRITICAL blocked");
            assertThat(agent.terminate()).isZero();
        } finally {
            broker.control("set_vm_memory_high_watermark", "0.4");
        }
    }

    private void deliver(String virtualHost, String config) throws Exception {
        try (AgentProcess agent = agent(virtualHost, config)) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }
    }

    /** The agent, run once over what there is. */
    private AgentProcess agent(String virtualHost, String config) throws IOException {
        configure(virtualHost, config);
        return AgentProcess.start(folder, "run", "--once");
    }

    private void configure(String virtualHost, String config) throws IOException {
        String global = """
                [global]
                agent_name = "test"
                send_type = "rabbitmq"
                end_point = "%s"
                state_dir = "state"
                """.formatted(RabbitBroker.endPoint(broker.port(), virtualHost));
        Files.writeString(
                folder.resolve("log-agent.config"),
                config.startsWith("[global]\n") ? config.replace("[global]\n", global) : global + config);
    }

    private String source(String name, String service, String component, String... lines) throws IOException {
        Files.write(folder.resolve(name + ".log"), List.of(lines));
        return """
                [[sources]]
                name = "%s"
                log_path = "%s.log"
                service = "%s"
                component = "%s"
                """.formatted(name, name, service, component);
    }

    /** Routing key, level and last word of each message, when so many have come; all of them must be complete. */
    private static List<String> messages(String virtualHost, String queue, int count) throws Exception {
        try (QueueReader reader = new QueueReader(broker, virtualHost, queue)) {
            await().until(() -> reader.deliveries().size() >= count);
            List<JsonNode> events = reader.events();
            assertThat(events).allSatisfy(event -> {
                assertThat(TEXTS).allMatch(key -> event.path(key).isTextual());
                assertThat(event.path("metadata").isObject()).isTrue();
                assertThat(Instant.parse(event.get("timestamp").asText())).isBefore(Instant.now());
            });
            return events.stream()
                    .map(event -> event.get("routing_key").asText() + " "
                            + event.get("level").asText() + " "
                            + event.get("raw").asText().replaceAll(".* ", ""))
                    .toList();
        }
    }

    private static void bind(Channel channel, String queue, String exchange, String... keys) throws IOException {
        channel.queueDeclare(queue, true, false, false, Map.of());
        for (String key : keys) {
            channel.queueBind(queue, exchange, key);
        }
    }
}
