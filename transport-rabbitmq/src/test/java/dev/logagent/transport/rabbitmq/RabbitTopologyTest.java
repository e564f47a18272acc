package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The two topologies of a public course on log processing, fed from configuration alone. */
@ExtendWith(TestBroker.class)
final class RabbitTopologyTest {

    /** What consumers of both topologies read from each message. */
    private static final List<String> KEYS =
            List.of("id", "timestamp", "level", "message", "service", "component", "source", "routing_key", "metadata");

    /** The services of topology B that a queue of the topic exchange is bound for. */
    private static final List<String> AREAS = List.of("database", "api", "security", "analytics", "monitoring");

    private final RabbitBroker broker;
    private final Map<String, QueueReader> readers = new LinkedHashMap<>();

    RabbitTopologyTest(RabbitBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void declareAsTheCourseDoes() throws Exception {
        try (Connection connection = broker.connect(TestBroker.TOPOLOGY_A)) {
            Channel channel = connection.createChannel();
            channel.exchangeDeclare("logs", "topic", true);
            bind(channel, "log_messages", "logs", "logs.info.*", "logs.warning.*");
            bind(channel, "error_messages", "logs", "logs.error.*", "logs.critical.*");
            bind(channel, "debug_messages", "logs", "logs.debug.*");
        }
        try (Connection connection = broker.connect(TestBroker.TOPOLOGY_B)) {
            Channel channel = connection.createChannel();
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

    @AfterEach
    void stopReading() throws IOException {
        for (QueueReader reader : readers.values()) {
            reader.close();
        }
    }

    @Test
    void feedsTopologyAWithoutAnyOption() throws Exception {
        read(TestBroker.TOPOLOGY_A, "log_messages", "error_messages", "debug_messages");
        Events events = new Events()
                .add("api", "http", "INFO up")
                .add("db", "postgres", "WARNING slow")
                .add("db", "postgres", "ERROR gone")
                .add("auth", "login", "CRITICAL breach")
                .add("API Gateway.v2", "http", "DEBUG details");

        assertThat(send(TestBroker.TOPOLOGY_A, Map.of(), events)).isEqualTo(SendResult.delivered());

        assertThat(keys("log_messages", 2)).containsExactly("logs.info.api", "logs.warning.db");
        assertThat(keys("error_messages", 2)).containsExactly("logs.error.db", "logs.critical.auth");
        assertThat(keys("debug_messages", 1)).containsExactly("logs.debug.api_gateway_v2");
        assertEveryMessageIsComplete(5);
    }

    @Test
    void feedsTopologyAAsDocumented() throws Exception {
        read(TestBroker.TOPOLOGY_A, "error_messages");

        assertThat(send(
                        TestBroker.TOPOLOGY_A,
                        Documented.options("topology-a"),
                        new Events().add("db", "postgres", "ERROR gone")))
                .isEqualTo(SendResult.delivered());

        assertThat(keys("error_messages", 1)).containsExactly("logs.error.db");
    }

    @Test
    void makesExchangeAndQueueAsDocumented() throws Exception {
        assertThat(send(
                        TestBroker.EMPTY,
                        Documented.options("declare"),
                        new Events().add("db", "postgres", "CRITICAL gone")))
                .isEqualTo(SendResult.delivered());

        read(TestBroker.EMPTY, "error_messages");
        assertThat(keys("error_messages", 1)).containsExactly("logs.critical.db");
    }

    @Test
    void feedsTopologyBByRules() throws Exception {
        read(TestBroker.TOPOLOGY_B, "broadcast.logs");
        AREAS.forEach(area -> readers.computeIfAbsent(area + ".logs", queue -> reader(TestBroker.TOPOLOGY_B, queue)));
        Events events = new Events()
                .add("database", "postgres", "ERROR deadlock")
                .add("database", "postgres", "INFO vacuum")
                .add("api", "http", "WARNING slow")
                .add("analytics", "batch", "INFO done")
                .add("security", "login", "INFO who")
                .add("monitoring", "probe", "WARNING late");

        assertThat(send(TestBroker.TOPOLOGY_B, Documented.options("topology-b"), events))
                .isEqualTo(SendResult.delivered());

        assertThat(keys("database.logs", 2)).containsExactlyInAnyOrder("database.postgres.error", "database.postgres");
        assertThat(keys("api.logs", 1)).containsExactly("api.http");
        assertThat(keys("analytics.logs", 1)).containsExactly("analytics.batch");
        assertThat(keys("broadcast.logs", 2)).containsExactly("security.login.info", "monitoring.probe.warning");
        assertEveryMessageIsComplete(6);
    }

    @Test
    void tellsThatAKeyOfThreeWordsGoesNowhereInTopologyB() throws Exception {
        read(TestBroker.TOPOLOGY_B, "api.logs");
        Map<String, Object> options = Map.of("exchange", "logs_topic", "routing_key", "{service}.{component}.{level}");

        SendResult result = send(TestBroker.TOPOLOGY_B, options, new Events().add("api", "http", "INFO lost?"));

        assertThat(result).isInstanceOfSatisfying(SendResult.Partial.class, partial -> {
            assertThat(partial.delivered().isEmpty()).isTrue();
            assertThat(partial.rejected().get(0)).contains("unroutable", "logs_topic", "api.http.info", "312 NO_ROUTE");
        });
    }

    private void assertEveryMessageIsComplete(int count) throws IOException {
        List<Delivery> deliveries = new ArrayList<>();
        List<JsonNode> events = new ArrayList<>();
        for (QueueReader reader : readers.values()) {
            deliveries.addAll(reader.deliveries());
            events.addAll(reader.events());
        }
        assertThat(events).hasSize(count);
        for (int i = 0; i < count; i++) {
            JsonNode event = events.get(i);
            var properties = deliveries.get(i).getProperties();
            assertThat(KEYS)
                    .allSatisfy(
                            key -> assertThat(event.has(key)).describedAs(key).isTrue());
            assertThat(event.get("metadata").get("team").asText()).isEqualTo("blue");
            assertThat(event.get("routing_key").asText())
                    .isEqualTo(deliveries.get(i).getEnvelope().getRoutingKey());
            assertThat(properties.getContentType()).isEqualTo("application/json");
            assertThat(properties.getDeliveryMode()).isEqualTo(2);
            assertThat(properties.getMessageId()).isEqualTo(event.get("id").asText());
        }
    }

    private List<String> keys(String queue, int count) {
        QueueReader reader = Objects.requireNonNull(readers.get(queue));
        await().until(() -> reader.deliveries().size() >= count);
        return reader.deliveries().stream()
                .map(delivery -> delivery.getEnvelope().getRoutingKey())
                .toList();
    }

    private SendResult send(String virtualHost, Map<String, Object> options, Events events) throws Exception {
        try (Transport transport = Transports.rabbitmq(RabbitBroker.endPoint(broker.port(), virtualHost), options)) {
            return transport.send(events.batch());
        }
    }

    private void read(String virtualHost, String... queues) {
        for (String queue : queues) {
            readers.put(queue, reader(virtualHost, queue));
        }
    }

    private QueueReader reader(String virtualHost, String queue) {
        try {
            return new QueueReader(broker, virtualHost, queue);
        } catch (Exception e) {
            throw new AssertionError("cannot read " + queue, e);
        }
    }

    private static void bind(Channel channel, String queue, String exchange, String... keys) throws IOException {
        channel.queueDeclare(queue, true, false, false, Map.of());
        for (String key : keys) {
            channel.queueBind(queue, exchange, key);
        }
    }
}
