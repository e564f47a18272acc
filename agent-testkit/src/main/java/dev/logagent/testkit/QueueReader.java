package dev.logagent.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;

/** Consumes a queue of RabbitMQ and keeps what comes; acknowledges by hand. Safe for use by several threads. */
public final class QueueReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();

    /** Begins to read. */
    public QueueReader(RabbitBroker broker, String virtualHost, String queue) throws IOException, TimeoutException {
        connection = broker.connect(virtualHost);
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
    public List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** The bodies, as JSON. */
    public List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            events.add(JSON.readTree(delivery.getBody()));
        }
        return events;
    }

    /** The messages of the events. */
    public List<String> messages() throws IOException {
        return events().stream().map(event -> event.path("message").asText()).toList();
    }

    /** The lines of all events of a source. */
    public List<String> lines(String source) throws IOException {
        return events().stream()
                .filter(event -> event.path("source").asText().equals(source))
                .map(event -> event.path("raw").asText())
                .toList();
    }

    /** The bodies, as text. */
    public List<String> bodies() {
        return deliveries.stream()
                .map(delivery -> new String(delivery.getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() throws IOException {
        connection.abort(1_000);
    }
}
