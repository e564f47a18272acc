package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Attempts;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.RabbitBroker;
import dev.logagent.testkit.TcpProxy;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestBroker.class)
final class RabbitTlsTest {

    private static final Batch HELLO = Batches.of("app1", "hello");

    @TempDir
    private Path folder;

    private final RabbitBroker broker;
    private final Map<String, Object> options = new HashMap<>();

    RabbitTlsTest(RabbitBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void trustTheBrokerAndShowACertificate() throws IOException {
        TestIdentity client = broker.certificates().client("agent1");
        options.put("tls_ca", authorityOf(broker.certificates()));
        options.put(
                "tls_cert",
                client.writeCertificate(folder.resolve("client.pem")).toString());
        options.put("tls_key", client.writeKey(folder.resolve("client.key")).toString());
    }

    @Test
    void takesTheDocumentedOptions() throws Exception {
        assertThat(Documented.options("tls").keySet()).isEqualTo(options.keySet());
    }

    @Test
    void deliversOverTls() throws Exception {
        assertThat(sendTo("127.0.0.1", broker.tlsPort())).isEqualTo(SendResult.delivered());
    }

    @Test
    void deliversManyMessagesOverTls() throws Exception {
        try (Scratch scratch = new Scratch(broker)) {
            options.put("exchange", scratch.name());
            try (Transport transport = Transports.rabbitmq(endPoint("127.0.0.1", broker.tlsPort()), options)) {
                assertThat(transport.send(Batches.of("app1", Batches.numberedLines("line", 5_000))))
                        .isEqualTo(SendResult.delivered());
            }
            assertThat(scratch.channel().messageCount(scratch.name())).isEqualTo(5_000);
        }
    }

    @Test
    void refusesAnUnknownAuthority() throws Exception {
        options.put("tls_ca", authorityOf(TestCertificates.create()));

        assertRefused("127.0.0.1", "no secure connection");
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        assertRefused("localhost", "localhost");
    }

    @Test
    void acceptsAnyCertificateWhenToldSo() throws Exception {
        options.remove("tls_ca");
        options.put("tls_insecure", true);

        assertThat(sendTo("localhost", broker.tlsPort())).isEqualTo(SendResult.delivered());
    }

    @Test
    void deliversNothingWithoutTheCertificateThatTheBrokerWants() throws Exception {
        options.remove("tls_cert");
        options.remove("tls_key");

        // With TLS 1.3 the refusal comes after the handshake, and may be lost when the connection is reset.
        assertThat(outcome("127.0.0.1", broker.tlsPort())).isNotEqualTo(SendResult.delivered());
    }

    @Test
    void tellsThatAPortDoesNotSpeakTls() throws Exception {
        assertThat(outcome("127.0.0.1", broker.port())).isNotEqualTo(SendResult.delivered());
    }

    @Test
    void closesWhileAHandshakeHangs() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(broker.tlsPort())) {
            proxy.stall();
            Transport transport = Transports.rabbitmq(endPoint("127.0.0.1", proxy.port()), options);
            CompletableFuture<Object> outcome = Attempts.aside(transport, HELLO);
            proxy.awaitHeldBack();

            transport.close();

            assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }

    private void assertRefused(String host, String reason) throws Exception {
        assertThat(sendTo(host, broker.tlsPort()))
                .isInstanceOfSatisfying(
                        SendResult.Misconfigured.class,
                        result -> assertThat(result.reason()).contains(reason));
        try (Transport transport = Transports.rabbitmq(endPoint(host, broker.tlsPort()), options)) {
            assertThatThrownBy(transport::check).isInstanceOf(IOException.class).hasMessageContaining(reason);
        }
    }

    private SendResult sendTo(String host, int port) throws Exception {
        try (Scratch scratch = new Scratch(broker)) {
            options.put("exchange", scratch.name());
            try (Transport transport = Transports.rabbitmq(endPoint(host, port), options)) {
                return transport.send(HELLO);
            }
        }
    }

    private Object outcome(String host, int port) throws Exception {
        try (Transport transport = Transports.rabbitmq(endPoint(host, port), options)) {
            return Attempts.outcomeOf(transport, HELLO);
        }
    }

    private String authorityOf(TestCertificates certificates) throws IOException {
        return certificates
                .authority()
                .writeCertificate(folder.resolve("ca.pem"))
                .toString();
    }

    private static String endPoint(String host, int port) {
        return "amqps://" + RabbitBroker.credentials(RabbitBroker.USER) + "@" + host + ":" + port;
    }
}
