package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.logagent.receiver.websocket.ReceiverSettings;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.KafkaBroker;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TopicReader;
import dev.logagent.testkit.WebSocketReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations that the documentation shows, run by the packaged program against real servers. */
final class DocumentedConfigsIT {

    private static final List<String> LINES = Lines.numbered("app", 0, 100);
    private static final String TOKEN = "a-token-of-the-test";
    private static final String VIRTUAL_HOST = "logs";

    @TempDir
    static Path brokers;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static RabbitBroker rabbit;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static KafkaBroker kafka;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        rabbit = RabbitBroker.start(Files.createDirectory(brokers.resolve("rabbit")), List.of(VIRTUAL_HOST));
        kafka = KafkaBroker.start(Files.createDirectory(brokers.resolve("kafka")), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        rabbit.close();
        kafka.close();
    }

    @Test
    void everyConfigurationWithADestinationIsRun() throws Exception {
        assertThat(Documented.all().stream().filter(Documented::hasDestination).map(Documented::toString))
                .as("what is shown must be run: by a test here, in OutputsIT (outputs) or in TopologyIT (queues)")
                .containsExactlyInAnyOrder(
                        "README.md: least",
                        "README.md: rabbitmq",
                        "README.md: kafka",
                        "README.md: websocket",
                        "README.md: outputs",
                        "docs/configuration.md: least",
                        "docs/deploy.md: queues",
                        "docs/transport-http.md: http",
                        "docs/transport-kafka.md: kafka",
                        "docs/transport-rabbitmq.md: rabbitmq",
                        "docs/websocket-protocol.md: websocket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/configuration.md"})
    void theLeast(String page) throws Exception {
        try (CollectorServer collector = CollectorServer.start()) {
            run(
                    Documented.of(page, "least"),
                    Map.of("http://localhost:8080/log", collector.url("/log"), "/var/log/app1.log", "app.log"));

            assertThat(collector.lines("app1")).isEqualTo(LINES);
        }
    }

    @Test
    void http() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        try (CollectorServer collector =
                CollectorServer.startTls(certificates.contextFor(certificates.server("127.0.0.1")), false)) {
            run(
                    Documented.of("docs/transport-http.md", "http"),
                    Map.of(
                            "https://logs.example.com/log", collector.url("/log"),
                            "/etc/log-agent/ca.pem", authority(certificates),
                            "/run/secrets/log-token", secret(TOKEN)));

            assertThat(collector.lines("app")).isEqualTo(LINES);
            assertThat(collector.requests()).allSatisfy(request -> {
                assertThat(request.header("Authorization")).isEqualTo("Bearer " + TOKEN);
                assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
                assertThat(request.header("X-Team")).isEqualTo("shop");
            });
        }
    }

    @Test
    void rabbitMq() throws Exception {
        String endPoint = "127.0.0.1:" + rabbit.port();
        runToQueue(
                Documented.of("docs/transport-rabbitmq.md", "rabbitmq"),
                Map.of(
                        "broker.example.com:5672",
                        endPoint,
                        "shipper",
                        RabbitBroker.USER,
                        "/run/secrets/rabbitmq",
                        secret(RabbitBroker.PASSWORD)));
    }

    @Test
    void rabbitMqAsInTheReadme() throws Exception {
        runToQueue(
                Documented.of("README.md", "rabbitmq"),
                Map.of("amqp://user:password@localhost:5672/logs", RabbitBroker.endPoint(rabbit.port(), VIRTUAL_HOST)));
    }

    @Test
    void kafka() throws Exception {
        run(
                Documented.of("docs/transport-kafka.md", "kafka"),
                Map.of(
                        "kafka1.example.com:9093,kafka2.example.com:9093", kafka.secureAddress(),
                        "logs.{service}", "docs.{service}",
                        "\"log-agent\"", "\"" + KafkaBroker.USER + "\"",
                        "/etc/log-agent/ca.pem", authority(kafka.certificates()),
                        "/run/secrets/kafka", secret(KafkaBroker.PASSWORD)));

        assertThat(linesOf("docs.app")).isEqualTo(LINES);
    }

    @Test
    void kafkaAsInTheReadme() throws Exception {
        run(Documented.of("README.md", "kafka"), Map.of("localhost:9092", kafka.address()));

        assertThat(linesOf("logs.app")).isEqualTo(LINES);
    }

    @Test
    void webSocket() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        try (WebSocketReceiver receiver = WebSocketReceiver.start(
                new ReceiverSettings(1024 * 1024, certificates.contextFor(certificates.server("127.0.0.1")), false))) {
            run(
                    Documented.of("docs/websocket-protocol.md", "websocket"),
                    Map.of(
                            "wss://logs.example.com/in", receiver.url("/in"),
                            "/etc/log-agent/ca.pem", authority(certificates)));

            assertThat(receiver.lines("app")).isEqualTo(LINES);
            assertThat(receiver.awaitConnections(1).get(0)).containsEntry("authorization", "Bearer " + TOKEN);
        }
    }

    @Test
    void webSocketAsInTheReadme() throws Exception {
        try (WebSocketReceiver receiver = WebSocketReceiver.start()) {
            run(Documented.of("README.md", "websocket"), Map.of("ws://localhost:9000/log", receiver.url("/log")));

            assertThat(receiver.lines("app")).isEqualTo(LINES);
        }
    }

    private void runToQueue(Documented config, Map<String, String> replaced) throws Exception {
        declareQueue();
        run(config, replaced);
        try (QueueReader reader = new QueueReader(rabbit, VIRTUAL_HOST, "all_messages")) {
            await().untilAsserted(() -> assertThat(reader.lines("app")).isEqualTo(LINES));
        }
    }

    private void run(Documented config, Map<String, String> replaced) throws Exception {
        Files.write(folder.resolve("app.log"), LINES);
        Files.writeString(folder.resolve("log-agent.config"), config.runnable(replaced));
        try (AgentProcess agent = AgentProcess.start(folder, Map.of("LOG_TOKEN", TOKEN), "run", "--once")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }
    }

    private String secret(String text) throws IOException {
        return Files.writeString(folder.resolve("secret"), text).toString();
    }

    private String authority(TestCertificates certificates) throws IOException {
        return certificates
                .authority()
                .writeCertificate(folder.resolve("ca.pem"))
                .toString();
    }

    private static List<String> linesOf(String topic) throws IOException {
        try (TopicReader reader = new TopicReader(kafka.address(), topic)) {
            return reader.lines("app");
        }
    }

    private static void declareQueue() throws IOException, TimeoutException {
        try (Connection connection = rabbit.connect(VIRTUAL_HOST);
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("logs", "topic", true);
            channel.queueDeclare("all_messages", true, false, false, Map.of());
            channel.queueBind("all_messages", "logs", "logs.#");
        }
    }
}
