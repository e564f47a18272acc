package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brokers that are killed and started again, time after time, while logs are written and rotated: nothing is missing in
 * the end, and what is seen of each source for the first time comes in its order.
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
    void rabbitMqBeingKilledCostsNoLineAndNoOrder() throws Exception {
        try (RabbitBroker broker = RabbitBroker.start(Files.createDirectory(folder.resolve("broker")), List.of())) {
            declare(broker);
            configure("rabbitmq", RabbitBroker.endPoint(broker.port(), "/"));
            Map<String, List<String>> written =
                    writeWhileKilled(broker::kill, broker::restart, () -> messagesIn(broker));
            try (QueueReader reader = new QueueReader(broker, "/", QUEUE)) {
                assertArrived(written, reader::lines);
            }
        }
    }

    @Test
    void kafkaBeingKilledCostsNoLineAndNoOrder() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(Files.createDirectory(folder.resolve("broker")), Map.of())) {
            configure("kafka", broker.address());
            Map<String, List<String>> written =
                    writeWhileKilled(broker::kill, broker::restart, () -> recordsIn(broker));
            try (TopicReader reader = new TopicReader(broker.address(), TOPIC)) {
                assertArrived(written, reader::lines);
            }
        }
    }

    /** Runs the agent and its load through all kills, and until everything that was written has been confirmed. */
    private Map<String, List<String>> writeWhileKilled(Step kill, Step restart, Count count) throws Exception {
        List<BusyLog> logs = new ArrayList<>();
        Map<String, List<String>> written = new HashMap<>();
        try (AgentProcess agent = AgentProcess.start(folder)) {
            SOURCES.forEach(source -> logs.add(BusyLog.start(folder, source)));
            for (int kills = 0; kills < KILLS; kills++) {
                awaitMore(count);
                kill.run();
                restart.run();
            }
            awaitMore(count);
            for (BusyLog log : logs) {
                written.put(log.name(), log.stop());
            }
            assertThat(agent.terminate()).as(agent::output).isZero();
        } finally {
            logs.forEach(BusyLog::close);
        }
        try (AgentProcess rest = AgentProcess.start(folder, "run", "--once")) {
            assertThat(rest.exitCode()).as(rest::output).isZero();
        }
        return written;
    }

    private static void awaitMore(Count count) {
        // At first, there is no topic to count in.
        long before = await().atMost(PATIENCE).ignoreExceptions().until(count::get, number -> true);
        await().atMost(PATIENCE).until(() -> count.get() >= before + MESSAGES_BETWEEN_KILLS);
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

    private void configure(String transport, String endPoint) throws IOException {
        StringBuilder config = new StringBuilder("""
                [global]
                agent_name = "test"
                send_type = "%s"
                end_point = "%s"
                state_dir = "state"
                start_at = "beginning"
                ordering = "source"
                interval_secs = 0.05
                max_batch_size = 500
                """.formatted(transport, endPoint));
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

    private static long messagesIn(RabbitBroker broker) throws IOException, TimeoutException {
        try (Connection connection = broker.connect("/");
                Channel channel = connection.createChannel()) {
            return channel.messageCount(QUEUE);
        }
    }

    private static long recordsIn(KafkaBroker broker) {
        try (TopicReader reader = new TopicReader(broker.address(), TOPIC)) {
            return reader.count();
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
