package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.logagent.testkit.KafkaBroker;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import dev.logagent.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brokers that are killed and started again, time after time, while logs are written and rotated: nothing is missing in
 * the end, and what is seen of each source for the first time comes in its order. Both brokers at the same time, each the
 * destination of one output of the same agent.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BrokerKillsIT {

    /** How often each broker is killed. */
    private static final int KILLS = Integer.getInteger("broker.kills", 3);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So many messages tell that the agent is at work again. */
    private static final int MESSAGES_BETWEEN_KILLS = 2_000;

    private static final List<String> SOURCES = List.of("app", "db", "web");
    private static final String QUEUE = "all_messages";
    private static final String TOPIC = "logs";

    @TempDir
    Path folder;

    @Test
    void brokersBeingKilledCostNoLineAndNoOrder() throws Exception {
        try (RabbitBroker rabbit = RabbitBroker.start(Files.createDirectory(folder.resolve("rabbit")), List.of());
                KafkaBroker kafka = KafkaBroker.start(Files.createDirectory(folder.resolve("kafka")), Map.of())) {
            declare(rabbit);
            create(kafka);
            configure(rabbit, kafka);
            try (TopicReader topic = new TopicReader(kafka.address(), TOPIC)) {
                Map<String, List<String>> written = writeWhileKilled(
                        new Victim(rabbit::kill, rabbit::restart, () -> messagesIn(rabbit)),
                        new Victim(kafka::kill, kafka::restart, topic::count));
                assertArrived(written, topic::lines);
                try (QueueReader queue = new QueueReader(rabbit, "/", QUEUE)) {
                    assertArrived(written, queue::lines);
                }
            }
        }
    }

    /** Runs the agent and its load through all kills, and until everything that was written has been confirmed. */
    private Map<String, List<String>> writeWhileKilled(Victim... victims) throws Exception {
        List<BusyLog> logs = new ArrayList<>();
        Map<String, List<String>> written = new HashMap<>();
        ExecutorService killers = Executors.newFixedThreadPool(victims.length);
        try (AgentProcess agent = AgentProcess.start(folder)) {
            SOURCES.forEach(source -> logs.add(BusyLog.start(folder, source)));
            for (Future<@Nullable Void> killer : killers.invokeAll(List.of(victims))) {
                assertThatCode(killer::get).as(() -> whatHappened(agent)).doesNotThrowAnyException();
            }
            for (BusyLog log : logs) {
                written.put(log.name(), log.stop());
            }
            assertThat(agent.terminate()).as(agent::output).isZero();
        } finally {
            logs.forEach(BusyLog::close);
            killers.shutdownNow();
        }
        try (AgentProcess rest = AgentProcess.start(folder, "run", "--once")) {
            await().atMost(PATIENCE).until(() -> !rest.isAlive());
            assertThat(rest.exitCode()).as(rest::output).isZero();
        }
        return written;
    }

    private String whatHappened(AgentProcess agent) {
        try {
            return agent.output()
                    + AgentProcess.run(folder, "outputs")
                    + AgentProcess.run(folder, "dead-letter", "list");
        } catch (IOException e) {
            return agent.output() + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return agent.output();
        }
    }

    /** A broker that is killed again and again, each time when it has got more messages. */
    private record Victim(Step kill, Step restart, Count count) implements Callable<@Nullable Void> {

        @Override
        public @Nullable Void call() throws Exception {
            for (int kills = 0; kills < KILLS; kills++) {
                awaitMore();
                kill.run();
                restart.run();
            }
            awaitMore();
            return null;
        }

        private void awaitMore() throws Exception {
            long before = count.get();
            await().atMost(PATIENCE).until(() -> count.get() >= before + MESSAGES_BETWEEN_KILLS);
        }
    }

    private static void assertArrived(Map<String, List<String>> written, Arrivals arrivals) {
        written.forEach((source, lines) -> await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(difference(lines, arrivals.of(source)))
                        .as(source)
                        .isEqualTo("none")));
    }

    /** The first thing wrong with what arrived, since lists of many thousand lines say nothing. */
    private static String difference(List<String> written, List<String> arrived) {
        Set<String> firsts = new LinkedHashSet<>(arrived);
        int at = 0;
        for (String line : firsts) {
            if (at == written.size() || !line.equals(written.get(at))) {
                return "line " + at + " arrived as <" + line + ">";
            }
            at++;
        }
        return at == written.size() ? "none" : at + " lines of " + written.size() + " arrived";
    }

    private void configure(RabbitBroker rabbit, KafkaBroker kafka) throws IOException {
        StringBuilder config =
                new StringBuilder("""
                [global]
                agent_name = "test"
                send_type = "rabbitmq"
                end_point = "%s"
                state_dir = "state"
                start_at = "beginning"
                ordering = "source"
                interval_secs = 0.2
                max_batch_size = 500
                [[outputs]]
                name = "kafka"
                send_type = "kafka"
                end_point = "%s"
                [[routes]]
                outputs = ["default", "kafka"]
                """.formatted(RabbitBroker.endPoint(rabbit.port(), "/"), kafka.address()));
        for (String source : SOURCES) {
            config.append("""
                    [[sources]]
                    name = "%s"
                    log_path = "%s.log"
                    """.formatted(source, source));
        }
        Files.writeString(folder.resolve("log-agent.config"), config);
    }

    private static void declare(RabbitBroker broker) throws IOException, TimeoutException {
        try (Connection connection = broker.connect("/");
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("logs", "topic", true);
            channel.queueDeclare(QUEUE, true, false, false, Map.of());
            channel.queueBind(QUEUE, "logs", "#");
        }
    }

    private static void create(KafkaBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
        }
    }

    private static long messagesIn(RabbitBroker broker) throws IOException, TimeoutException {
        try (Connection connection = broker.connect("/");
                Channel channel = connection.createChannel()) {
            return channel.messageCount(QUEUE);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private interface Count {
        long get() throws Exception;
    }

    private interface Arrivals {
        List<String> of(String source) throws IOException;
    }
}
