package dev.logagent.dist.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exchange, queues and users that {@code deploy/rabbitmq} declares, on a real broker. */
final class TopologyIT {

    private static final long CONFIRM_MILLIS = 10_000;

    private static final Map<String, String> QUEUE_OF_LEVEL = Map.of(
            "info", "log_messages",
            "warning", "log_messages",
            "error", "error_messages",
            "critical", "error_messages",
            "debug", "debug_messages");

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static RabbitNode node;

    @BeforeAll
    static void start() throws Exception {
        node = RabbitNode.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    @Test
    void itsHealthCheckSucceeds() throws Exception {
        List<String> test = ComposeFile.strings(
                ComposeFile.read().service("rabbitmq").path("healthcheck").path("test"));

        assertThat(test.get(0)).isEqualTo("CMD");
        node.tool(test.subList(1, test.size())).succeed();
    }

    @Test
    void everythingIsDurable() throws Exception {
        assertThat(listed("list_exchanges", "name", "type", "durable")).contains("logs\ttopic\ttrue");
        assertThat(listed("list_queues", "name", "durable", "arguments"))
                .containsExactlyInAnyOrder(
                        "log_messages\ttrue\t[]", "error_messages\ttrue\t[]", "debug_messages\ttrue\t[]");
        assertThat(listed("list_users", "--silent").stream().map(line -> line.split("\t")[0]))
                .as("no guest")
                .containsExactlyInAnyOrder("log-agent", "consumer");
    }

    @Test
    void aMessageOfEachLevelGoesWhereItShould() throws Exception {
        try (Connection publisher = node.connect("log-agent");
                Channel out = publisher.createChannel();
                Connection consumer = node.connect("consumer");
                Channel in = consumer.createChannel()) {
            out.confirmSelect();
            out.exchangeDeclarePassive("logs");
            for (Map.Entry<String, String> expected : QUEUE_OF_LEVEL.entrySet()) {
                publish(out, "logs." + expected.getKey() + ".db");

                GetResponse got = in.basicGet(expected.getValue(), true);
                assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("logs." + expected.getKey() + ".db");
            }
            for (String queue : QUEUE_OF_LEVEL.values()) {
                assertThat(in.messageCount(queue)).as(queue).isZero();
            }
        }
    }

    @Test
    void aKeyThatNoQueueWantsIsReturned() throws Exception {
        try (Connection publisher = node.connect("log-agent");
                Channel out = publisher.createChannel()) {
            List<String> returned = new CopyOnWriteArrayList<>();
            out.addReturnListener(message -> returned.add(message.getRoutingKey()));
            out.confirmSelect();
            publish(out, "logs.info.db.main");
            assertThat(returned).containsExactly("logs.info.db.main");
        }
    }

    @Test
    void consumersMayDeclareWhatTheyUse() throws Exception {
        try (Connection consumer = node.connect("consumer");
                Channel in = consumer.createChannel()) {
            in.exchangeDeclare("logs", "topic", true);
            in.queueDeclare("error_messages", true, false, false, Map.of());
            in.queueBind("error_messages", "logs", "logs.error.*");
        }
    }

    @Test
    void theAgentMayPublishAndNothingElse() throws Exception {
        try (Connection publisher = node.connect("log-agent")) {
            Channel out = publisher.createChannel();
            assertThatThrownBy(() -> out.basicGet("log_messages", true)).isInstanceOf(IOException.class);
            Channel other = publisher.createChannel();
            assertThatThrownBy(() -> other.exchangeDeclare("mine", "topic")).isInstanceOf(IOException.class);
        }
    }

    private static void publish(Channel channel, String key) throws Exception {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        channel.basicPublish("logs", key, true, MessageProperties.PERSISTENT_BASIC, body);
        channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
    }

    private static List<String> listed(String... line) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of("rabbitmqctl", "--quiet", "--no-table-headers"));
        all.addAll(List.of(line));
        return node.tool(all).succeed().lines().toList();
    }
}
