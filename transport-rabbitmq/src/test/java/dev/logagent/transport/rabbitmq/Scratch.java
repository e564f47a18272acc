package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A topic exchange with a queue of the same name that gets everything, under a name that no other test has. */
final class Scratch implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final RabbitBroker broker;
    private final Connection connection;
    private final Channel channel;
    private final String name;

    Scratch(RabbitBroker broker, Map<String, Object> queueArguments) throws IOException, TimeoutException {
        this.broker = broker;
        this.connection = broker.connect("/");
        this.channel = connection.createChannel();
        this.name = unusedName();
        channel.exchangeDeclare(name, "topic", true);
        channel.queueDeclare(name, true, false, false, queueArguments);
        channel.queueBind(name, name, "#");
    }

    Scratch(RabbitBroker broker) throws IOException, TimeoutException {
        this(broker, Map.of());
    }

    static String unusedName() {
        return "scratch-" + COUNT.incrementAndGet();
    }

    /** The name of the exchange and of the queue. */
    String name() {
        return name;
    }

    /** For whatever else a test wants of the broker. */
    Channel channel() {
        return channel;
    }

    QueueReader reader() throws IOException, TimeoutException {
        return new QueueReader(broker, "/", name);
    }

    @Override
    public void close() throws IOException {
        connection.abort(1_000);
    }
}
