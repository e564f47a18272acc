package dev.logagent.transport.rabbitmq;

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
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestBroker.class)
final class RabbitConformanceTest extends TransportConformanceTest {

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
        return new Queue(broker);
    }

    @Override
    protected String badEndPoint() {
        return "http://127.0.0.1/";
    }

    /** An exchange with one queue for everything, behind a proxy. */
    private static final class Queue implements Destination {

        private final TcpProxy proxy;
        private final Scratch scratch;
        private final QueueReader reader;

        Queue(RabbitBroker broker) throws IOException, TimeoutException {
            this.proxy = TcpProxy.to(broker.port());
            this.scratch = new Scratch(broker);
            this.reader = scratch.reader();
        }

        @Override
        public String endPoint() {
            return RabbitBroker.endPoint(proxy.port(), "/");
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("exchange", scratch.name());
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
            return reader.lines(source);
        }

        @Override
        public void close() throws IOException {
            reader.close();
            scratch.close();
            proxy.close();
        }
    }
}
