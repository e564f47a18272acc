package dev.logagent.transport.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.logagent.testkit.RabbitBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/** Consumes a queue and keeps what comes; acknowledges by hand, as the course's consumers do. */
final class QueueReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    QueueReader(RabbitBroker broker, String virtualHost, String queue) throws IOException, TimeoutException {
        connection = TestBroker.connect(broker, virtualHost);
        Channel channel = connection.createChannel();
        channel.basicQos(500);
        channel.basicConsume(
                queue,
                false,
                (tag, delivery) -> {
                    deliveries.add(delivery);
                    channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
                },
                tag -> {});
    }

    /** What has come, in order. */
    List<Delivery> deliveries() {
        return deliveries;
    }

    /** The bodies, as JSON. */
    List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            events.add(JSON.readTree(delivery.getBody()));
        }
        return events;
    }

    /** The messages of the events. */
    List<String> messages() throws IOException {
        return events().stream().map(event -> event.path("message").asText()).toList();
    }

    /** The bodies, as text. */
    List<String> bodies() {
        return deliveries.stream()
                .map(delivery -> new String(delivery.getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() throws IOException {
        connection.abort(1_000);
    }
}
