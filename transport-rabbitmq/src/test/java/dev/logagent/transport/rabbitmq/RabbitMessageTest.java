package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Delivery;
import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestBroker.class)
final class RabbitMessageTest {

    private final RabbitBroker broker;

    RabbitMessageTest(RabbitBroker broker) {
        this.broker = broker;
    }

    @Test
    void saysInThePropertiesWhatTheEventIs() throws Exception {
        Batch batch = new Events().add("db", "postgres", "ERROR gone").batch();

        Delivery delivery = deliver(batch, Map.of(), Format.EVENT).get(0);

        var properties = delivery.getProperties();
        assertThat(delivery.getEnvelope().getRoutingKey()).isEqualTo("logs.error.db");
        assertThat(properties.getMessageId()).isEqualTo(batch.events().get(0).id());
        assertThat(properties.getTimestamp()).isEqualTo("2024-01-15T10:30:00Z");
        assertThat(properties.getDeliveryMode()).isEqualTo(2);
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getAppId()).isEqualTo("Agent One");
        assertThat(properties.getHeaders()).isNull();
    }

    @Test
    void saysInThePropertiesWhatTheOptionsWant() throws Exception {
        Map<String, Object> options = Map.of(
                "persistent",
                false,
                "content_type",
                "application/vnd.example+json",
                "app_id",
                "shipper",
                "headers",
                Map.of("x-where", "{host}/{service}", "x-fixed", "1"));

        Delivery delivery = deliver(new Events().add("db", "postgres", "x").batch(), options, Format.EVENT)
                .get(0);

        var properties = delivery.getProperties();
        assertThat(properties.getDeliveryMode()).isEqualTo(1);
        assertThat(properties.getContentType()).isEqualTo("application/vnd.example+json");
        assertThat(properties.getAppId()).isEqualTo("shipper");
        assertThat(properties.getHeaders()).hasSize(2);
        assertThat(properties.getHeaders().get("x-where")).hasToString("host1/db");
        assertThat(properties.getHeaders().get("x-fixed")).hasToString("1");
    }

    @Test
    void makesEachValueOneSafeWord() throws Exception {
        Batch batch = new Events().add("Shop.Front #1*ü", "x".repeat(300), "hi").batch();

        Delivery delivery = deliver(
                        batch, Map.of("routing_key", "{service}.{component}.{agent}.{metadata.none}"), Format.EVENT)
                .get(0);

        assertThat(delivery.getEnvelope().getRoutingKey())
                .isEqualTo("shop_front__1__." + "x".repeat(64) + ".agent_one.unknown");
    }

    @Test
    void sendsBareLinesAsRaw() throws Exception {
        byte[] notUtf8 = {'x', (byte) 0xff, 'y'};

        List<Delivery> deliveries = deliver(Batches.ofBytes("app1", notUtf8, new byte[0]), Map.of(), Format.RAW);

        assertThat(deliveries).hasSize(2);
        assertThat(deliveries.get(0).getBody()).isEqualTo(notUtf8);
        assertThat(deliveries.get(1).getBody()).isEmpty();
        assertThat(deliveries.get(0).getProperties().getContentType()).isEqualTo("text/plain");
    }

    @Test
    void sendsAWholeBatchAsOneMessage() throws Exception {
        Batch batch = Batches.of(Map.of("one", List.of("1", "2"), "two", List.of("3")));

        List<Delivery> deliveries = deliver(batch, Map.of(), Format.BATCH);

        assertThat(deliveries).hasSize(1);
        Delivery delivery = deliveries.get(0);
        assertThat(delivery.getEnvelope().getRoutingKey()).isEqualTo("logs.batch.agent_one");
        assertThat(delivery.getProperties().getMessageId()).isEqualTo(batch.id());
        assertThat(new String(delivery.getBody(), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("{\"agentName\":\"agent1\",\"sources\":[{");
    }

    @Test
    void sendsThroughTheDefaultExchange() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                QueueReader reader = scratch.reader()) {
            Map<String, Object> options = Map.of("exchange", "", "routing_key", scratch.name());

            assertThat(send(Batches.of("app1", "straight"), options, Format.EVENT))
                    .isEqualTo(SendResult.delivered());

            await().untilAsserted(() -> assertThat(reader.messages()).containsExactly("straight"));
        }
    }

    private List<Delivery> deliver(Batch batch, Map<String, Object> options, Format format) throws Exception {
        try (Scratch scratch = new Scratch(broker);
                QueueReader reader = scratch.reader()) {
            Map<String, Object> all = new HashMap<>(options);
            all.put("exchange", scratch.name());
            assertThat(send(batch, all, format)).isEqualTo(SendResult.delivered());
            int count = format == Format.BATCH ? 1 : batch.size();
            await().until(() -> reader.deliveries().size() >= count);
            return reader.deliveries();
        }
    }

    private SendResult send(Batch batch, Map<String, Object> options, Format format) throws Exception {
        try (Transport transport = Transports.rabbitmq(RabbitBroker.endPoint(broker.port(), "/"), options, format)) {
            return transport.send(batch);
        }
    }
}
