package dev.logagent.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.KafkaBroker;
import dev.logagent.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that die and connections that break, under load. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KafkaFailureTest {

    /** The common pool has a single thread on a small machine, and a process's end is told there, too. */
    private static final Executor OWN_THREAD = task -> new Thread(task, "test").start();

    private static final String TOPIC = "logs";
    private static final int LINES = 50;

    @TempDir
    private Path folder;

    @Test
    void losesNothingAndKeepsTheOrderWhenTheBrokerIsStoppedAndKilled() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder, Map.of());
                Transport transport = Transports.kafka(broker.proxiedAddress(), Map.of());
                Load load = new Load(transport)) {
            load.awaitDelivered(20);
            broker.stop();
            broker.restart();
            load.awaitDelivered(20);
            broker.kill();
            broker.restart();
            load.awaitDelivered(20);
            load.stop();

            assertArrivedInOrder(broker, TOPIC, load.sent());
        }
    }

    @Test
    void losesNothingAndKeepsTheOrderWhenConnectionsBreak() throws Exception {
        KafkaBroker broker = TestCluster.get().broker();
        String topic = TestCluster.get().newTopic();
        Map<String, Object> options = Map.of("topic", topic, "request_timeout_ms", 1_000L);
        try (Transport transport = Transports.kafka(broker.proxiedAddress(), options);
                Load load = new Load(transport)) {
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
            load.stop();

            assertArrivedInOrder(broker, topic, load.sent());
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
                    Load load = new Load(transport)) {
                load.awaitDelivered(20);
                second.kill();
                load.awaitDelivered(20);
                load.stop();

                assertArrivedInOrder(first, TOPIC, load.sent());
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
            CompletableFuture<SendResult> silent = CompletableFuture.supplyAsync(() -> trySend(transport), OWN_THREAD);
            assertThat(silent.get(30, TimeUnit.SECONDS)).isInstanceOf(SendResult.Retry.class);
            broker.proxy().resume();

            await().atMost(Duration.ofSeconds(30)).until(() -> trySend(transport) instanceof SendResult.Delivered);
        } finally {
            broker.proxy().resume();
        }
    }

    private static SendResult trySend(Transport transport) {
        try {
            return transport.send(Batches.of("app1", Batches.numberedLines("silence", 100)));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertArrivedInOrder(KafkaBroker broker, String topic, List<String> sent) throws IOException {
        try (TopicReader reader = new TopicReader(broker.address(), topic)) {
            assertThat(reader.lines("app1").stream().distinct().toList()).isEqualTo(sent);
        }
    }

    /** A sender as the agent is one when order counts: one batch after the other, each until it is delivered. */
    private static final class Load implements AutoCloseable {

        private final AtomicBoolean stopped = new AtomicBoolean();
        private final AtomicInteger delivered = new AtomicInteger();
        private final List<String> sent = new ArrayList<>();
        private final CompletableFuture<Void> work;

        Load(Transport transport) {
            work = CompletableFuture.runAsync(() -> run(transport), OWN_THREAD);
        }

        void awaitDelivered(int more) {
            int goal = delivered.get() + more;
            await().atMost(Duration.ofSeconds(60)).until(() -> work.isDone() || delivered.get() >= goal);
            assertThat(work).isNotDone();
        }

        /** Ends after the current batch. */
        void stop() throws Exception {
            stopped.set(true);
            work.get(60, TimeUnit.SECONDS);
        }

        /** All lines, after {@link #stop}. */
        List<String> sent() {
            return sent;
        }

        @Override
        public void close() {
            stopped.set(true);
        }

        private void run(Transport transport) {
            for (int number = 0; !stopped.get(); number++) {
                List<String> lines = Batches.numberedLines("batch " + number + " line", LINES);
                Batch batch = Batches.of("app1", lines);
                while (!isDelivered(transport, batch) && !stopped.get()) {
                    Thread.onSpinWait();
                }
                sent.addAll(lines);
                delivered.incrementAndGet();
            }
        }

        private static boolean isDelivered(Transport transport, Batch batch) {
            try {
                return transport.send(batch) instanceof SendResult.Delivered;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
