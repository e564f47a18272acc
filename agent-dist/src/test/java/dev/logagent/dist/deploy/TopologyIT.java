package dev.logagent.dist.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Test
    void theOutputOfTheGuideFeedsEachQueue() throws Exception {
        Files.writeString(folder.resolve("some.log"), "INFO fine\nERROR bad\nDEBUG why\n");
        try (CollectorServer collector = CollectorServer.start()) {
            Files.writeString(folder.resolve("log-agent.config"), configurationOfTheGuide());
            new Command(folder, System.getProperty("log-agent.program") + "/bin/log-agent", "run", "--once")
                    .with(Map.of("AGENT_NAME", "box", "LOG_AGENT_END_POINT", collector.url("/log")))
                    .succeed();

            assertThat(collector.lines("host")).containsExactly("INFO fine", "ERROR bad", "DEBUG why");
        }
        try (Connection consumer = node.connect("consumer");
                Channel in = consumer.createChannel()) {
            for (String queue : List.of("log_messages", "error_messages", "debug_messages")) {
                assertThat(in.basicGet(queue, true)).as(queue).isNotNull();
                assertThat(in.messageCount(queue)).as(queue).isZero();
            }
        }
    }

    /** What {@code docs/deploy.md} makes of the agent's configuration, with this host's files and broker. */
    private static String configurationOfTheGuide() throws IOException {
        Path root = Command.repository();
        Matcher addition = Pattern.compile("<!-- run by a test: queues -->\\s+```toml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(root.resolve("docs/deploy.md")));
        assertThat(addition.find()).isTrue();
        return Files.readString(root.resolve("deploy/log-agent.config"))
                        .replace("/var/lib/log-agent", folder.resolve("state").toString())
                        .replace("/var/log/*.log", folder.resolve("some.log").toString())
                + addition.group(1).replace("rabbitmq:5672", "127.0.0.1:" + node.port());
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
