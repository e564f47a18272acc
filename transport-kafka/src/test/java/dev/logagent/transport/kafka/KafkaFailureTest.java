package dev.logagent.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Attempts;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.KafkaBroker;
import dev.logagent.testkit.SteadyLoad;
import dev.logagent.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that die and connections that break, under load. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisplayName("T44: Kafka away, and partitions that change their leader")
final class KafkaFailureTest {

    private static final String TOPIC = "logs";

    @TempDir
    private Path folder;

    @Test
    void losesNothingAndKeepsTheOrderWhenTheBrokerIsStoppedAndKilled() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder, Map.of());
                Transport transport = Transports.kafka(broker.proxiedAddress(), Map.of());
                SteadyLoad load = SteadyLoad.start(transport, "app1")) {
            load.awaitDelivered(20);
            broker.stop();
            broker.restart();
            load.awaitDelivered(20);
            broker.kill();
            broker.restart();
            load.awaitDelivered(20);

            assertArrivedInOrder(broker, TOPIC, load.stop());
        }
    }

    @Test
    void losesNothingAndKeepsTheOrderWhenConnectionsBreak() throws Exception {
        KafkaBroker broker = TestCluster.get().broker();
        String topic = TestCluster.get().newTopic();
        Map<String, Object> options = Map.of("topic", topic, "request_timeout_ms", 1_000L);
        try (Transport transport = Transports.kafka(broker.proxiedAddress(), options);
                SteadyLoad load = SteadyLoad.start(transport, "app1")) {
            for (int round = 0; round < 5; round++) {
                load.awaitDelivered(5);
                broker.proxy().resetAll();
            }
            load.awaitDelivered(5);
            broker.proxy().stall();
            broker.proxy().awaitHeldBack();
            // What was held back is lost with its connection.
            broker.proxy().resetAll();
            broker.proxy().resume();
            load.awaitDelivered(5);

            assertArrivedInOrder(broker, topic, load.stop());
        }
    }

    @Test
    void losesNothingAndKeepsTheOrderWhenThePartitionGetsAnotherLeader() throws Exception {
        Map<String, String> hasty = Map.of("broker.session.timeout.ms", "2000", "broker.heartbeat.interval.ms", "300");
        try (KafkaBroker first = KafkaBroker.start(Files.createDirectory(folder.resolve("first")), hasty);
                KafkaBroker second = KafkaBroker.join(Files.createDirectory(folder.resolve("second")), first);
                Admin admin = Admin.create(Map.of("bootstrap.servers", first.address()))) {
            // The leader is the first of the list; what it has confirmed, the other has, too.
            NewTopic topic = new NewTopic(TOPIC, Map.of(0, List.of(2, 1)));
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(topic)).all().get();
                return true;
            });
            try (Transport transport = Transports.kafka(first.address(), Map.of());
                    SteadyLoad load = SteadyLoad.start(transport, "app1")) {
                load.awaitDelivered(20);
                second.kill();
                load.awaitDelivered(20);

                assertArrivedInOrder(first, TOPIC, load.stop());
            }
        }
    }

    @Test
    void givesUpInTimeOnASilentBrokerAndSendsAgainLater() throws Exception {
        KafkaBroker broker = TestCluster.get().broker();
        String topic = TestCluster.get().newTopic();
        try (Transport transport =
                Transports.kafka(broker.proxiedAddress(), Transports.impatient(Map.of("topic", topic)))) {
            assertThat(transport.send(Batches.of("app1", "before"))).isEqualTo(SendResult.delivered());
            broker.proxy().stall();
            Batch silence = Batches.of("app1", Batches.numberedLines("silence", 100));
            assertThat(Attempts.aside(transport, silence).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(SendResult.Retry.class);
            broker.proxy().resume();

            Attempts.deliver(transport, silence);
        } finally {
            broker.proxy().resume();
        }
    }

    private static void assertArrivedInOrder(KafkaBroker broker, String topic, List<String> sent) throws IOException {
        try (TopicReader reader = new TopicReader(broker.address(), topic)) {
            assertThat(reader.lines("app1").stream().distinct().toList()).isEqualTo(sent);
        }
    }
}
