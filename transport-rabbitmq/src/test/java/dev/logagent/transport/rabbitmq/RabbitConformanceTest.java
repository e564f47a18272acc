package dev.logagent.transport.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Connection;
import dev.logagent.api.transport.TransportFactory;
import dev.logagent.testkit.Destination;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import dev.logagent.testkit.TcpProxy;
import dev.logagent.testkit.TransportConformanceTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestBroker.class)
final class RabbitConformanceTest extends TransportConformanceTest {

    private static final AtomicInteger EXCHANGES = new AtomicInteger();

    private final RabbitBroker broker;

    RabbitConformanceTest(RabbitBroker broker) {
        this.broker = broker;
    }

    @Override
    protected TransportFactory factory() {
        return new RabbitTransportFactory();
    }

    @Override
    protected Destination destination() throws IOException, TimeoutException {
        return new Queue(broker, "conformance-" + EXCHANGES.incrementAndGet());
    }

    @Override
    protected String badEndPoint() {
        return "http://127.0.0.1/";
    }

    /** An exchange with one queue for everything, behind a proxy. */
    private static final class Queue implements Destination {

        private final TcpProxy proxy;
        private final String exchange;
        private final QueueReader reader;

        Queue(RabbitBroker broker, String exchange) throws IOException, TimeoutException {
            this.proxy = TcpProxy.to(broker.port());
            this.exchange = exchange;
            try (Connection connection = broker.connect("/")) {
                var channel = connection.createChannel();
                channel.exchangeDeclare(exchange, "topic", true);
                channel.queueDeclare(exchange, true, false, false, Map.of());
                channel.queueBind(exchange, exchange, "#");
            }
            this.reader = new QueueReader(broker, "/", exchange);
        }

        @Override
        public String endPoint() {
            return RabbitBroker.endPoint(proxy.port(), "/");
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("exchange", exchange);
        }

        @Override
        public void stop() {
            proxy.refuse();
        }

        @Override
        public void stall() {
            proxy.stall();
        }

        @Override
        public void awaitStalledSend() throws InterruptedException {
            proxy.awaitHeldBack();
        }

        @Override
        public void recover() throws IOException {
            proxy.resume();
            proxy.accept();
        }

        @Override
        public List<String> received(String source) throws IOException {
            return reader.events().stream()
                    .filter(event -> event.path("source").asText().equals(source))
                    .map((JsonNode event) -> event.path("raw").asText())
                    .toList();
        }

        @Override
        public void close() throws IOException {
            reader.close();
            proxy.close();
        }
    }
}
