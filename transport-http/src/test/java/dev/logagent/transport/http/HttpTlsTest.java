package dev.logagent.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpTlsTest {

    @TempDir
    private Path folder;

    private final TestCertificates certificates = TestCertificates.create();
    private final Map<String, Object> options = new HashMap<>();

    @BeforeEach
    void trustTheTestAuthority() throws IOException {
        options.put(
                "tls_ca",
                certificates
                        .authority()
                        .writeCertificate(folder.resolve("ca.pem"))
                        .toString());
    }

    @Test
    void deliversToAServerOfAnAuthorityOfItsOwn() throws Exception {
        try (CollectorServer server = serverWith(certificates.server("127.0.0.1"))) {
            assertThat(sendTo(server)).isEqualTo(SendResult.delivered());
            assertThat(server.lines("app1")).containsExactly("hello");
        }
    }

    @Test
    void keepsTheConnection() throws Exception {
        try (CollectorServer server = serverWith(certificates.server("127.0.0.1"));
                Transport transport = Transports.http(server.url("/log"), options)) {
            transport.send(Batches.of("app1", "one"));
            transport.send(Batches.of("app1", "two"));

            assertThat(server.acceptedConnections()).isEqualTo(1);
        }
    }

    @Test
    void showsItsCertificateToAServerThatAsks() throws Exception {
        TestIdentity client = certificates.client("agent1");
        options.put(
                "tls_cert",
                client.writeCertificate(folder.resolve("client.pem")).toString());
        options.put("tls_key", client.writeKey(folder.resolve("client.key")).toString());
        try (CollectorServer server =
                CollectorServer.startTls(certificates.contextFor(certificates.server("127.0.0.1")), true)) {
            assertThat(sendTo(server)).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void deliversNothingToAServerThatAsksInVain() throws Exception {
        try (CollectorServer server =
                CollectorServer.startTls(certificates.contextFor(certificates.server("127.0.0.1")), true)) {
            // With TLS 1.3 the refusal comes after the handshake, and may be lost when the connection is reset.
            assertThat(sendTo(server)).isInstanceOfAny(SendResult.Misconfigured.class, SendResult.Retry.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesAnUnknownAuthority() throws Exception {
        options.remove("tls_ca");
        try (CollectorServer server = serverWith(certificates.server("127.0.0.1"))) {
            assertRefused(server, "no secure connection");
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        try (CollectorServer server = serverWith(certificates.server("other.example.com"))) {
            assertRefused(server, "127.0.0.1");
        }
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        try (CollectorServer server = serverWith(certificates.expiredServer("127.0.0.1"))) {
            assertRefused(server, "NotAfter");
        }
    }

    @Test
    void refusesNothingWhenToldSo() throws Exception {
        options.clear();
        options.put("tls_insecure", true);
        try (CollectorServer server = serverWith(certificates.expiredServer("other.example.com"))) {
            assertThat(sendTo(server)).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void tellsThatAServerDoesNotSpeakTls() throws Exception {
        try (CollectorServer server = CollectorServer.start()) {
            assertThat(Transports.sendOne("https://127.0.0.1:" + server.port() + "/log", options))
                    .isInstanceOfAny(SendResult.Misconfigured.class, SendResult.Retry.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    private CollectorServer serverWith(TestIdentity identity) throws IOException {
        return CollectorServer.startTls(certificates.contextFor(identity), false);
    }

    private SendResult sendTo(CollectorServer server) throws Exception {
        return Transports.sendOne(server.url("/log"), options);
    }

    private void assertRefused(CollectorServer server, String reason) throws Exception {
        assertThat(sendTo(server))
                .isInstanceOfSatisfying(
                        SendResult.Misconfigured.class,
                        result -> assertThat(result.reason()).contains(reason));
        assertThat(server.requests()).isEmpty();
        try (Transport transport = Transports.http(server.url("/log"), options)) {
            assertThatThrownBy(transport::check).isInstanceOf(IOException.class).hasMessageContaining(reason);
        }
    }
}
