package dev.logagent.transport.kafka;

import dev.logagent.api.transport.TransportFactory;
import dev.logagent.testkit.Destination;
import dev.logagent.testkit.KafkaBroker;
import dev.logagent.testkit.TopicReader;
import dev.logagent.testkit.TransportConformanceTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

final class KafkaConformanceTest extends TransportConformanceTest {

    @Override
    protected TransportFactory factory() {
        return new KafkaTransportFactory();
    }

    @Override
    protected Destination destination() throws Exception {
        return new Topic(TestCluster.get().broker(), TestCluster.get().newTopic());
    }

    /** A topic of its own for every test, reached through the broker's proxy. */
    private static final class Topic implements Destination {

        private final KafkaBroker broker;
        private final String topic;
        private final TopicReader reader;

        Topic(KafkaBroker broker, String topic) {
            this.broker = broker;
            this.topic = topic;
            this.reader = new TopicReader(broker.address(), topic);
        }

        @Override
        public String endPoint() {
            return broker.proxiedAddress();
        }

        @Override
        public Map<String, Object> options() {
            return Transports.impatient(Map.of("topic", topic));
        }

        @Override
        public void stop() {
            broker.proxy().refuse();
        }

        @Override
        public void stall() {
            broker.proxy().stall();
        }

        @Override
        public void awaitStalledSend() throws InterruptedException {
            broker.proxy().awaitHeldBack();
        }

        @Override
        public void recover() throws IOException {
            broker.proxy().resetAll();
            broker.proxy().resume();
            broker.proxy().accept();
        }

        @Override
        public List<String> received(String source) throws IOException {
            return reader.lines(source);
        }

        @Override
        public void close() throws IOException {
            recover();
            reader.close();
        }
    }
}
