package dev.logagent.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.receiver.websocket.ReceiverSettings;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.TcpProxy;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TestIdentity;
import dev.logagent.testkit.WebSocketReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WebSocketTlsTest {

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
    void deliversToAReceiverOfAnAuthorityOfItsOwn() throws Exception {
        List<String> lines = Batches.numberedLines("x".repeat(200), 5_000);
        try (WebSocketReceiver receiver = receiverWith(certificates.server("127.0.0.1"));
                Transport transport = Transports.websocket(receiver.url("/log"), options)) {
            assertThat(transport.send(Batches.of("app1", lines))).isEqualTo(SendResult.delivered());
            assertThat(transport.send(Batches.of("app1", "end"))).isEqualTo(SendResult.delivered());

            assertThat(receiver.lines("app1")).hasSize(5_001).endsWith("end");
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void showsItsCertificateToAReceiverThatAsks() throws Exception {
        TestIdentity client = certificates.client("agent1");
        options.put(
                "tls_cert",
                client.writeCertificate(folder.resolve("client.pem")).toString());
        options.put("tls_key", client.writeKey(folder.resolve("client.key")).toString());
        try (WebSocketReceiver receiver = receiverThatAsks()) {
            assertThat(sendTo(receiver)).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void deliversNothingToAReceiverThatAsksInVain() throws Exception {
        try (WebSocketReceiver receiver = receiverThatAsks()) {
            // With TLS 1.3 the refusal comes after the handshake, and may be lost when the connection is reset.
            assertThat(sendTo(receiver)).isInstanceOfAny(SendResult.Misconfigured.class, SendResult.Retry.class);
            assertThat(receiver.batches()).isEmpty();
        }
    }

    @Test
    void refusesAnUnknownAuthority() throws Exception {
        options.remove("tls_ca");
        try (WebSocketReceiver receiver = receiverWith(certificates.server("127.0.0.1"))) {
            assertRefused(receiver, "no secure connection");
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        try (WebSocketReceiver receiver = receiverWith(certificates.server("other.example.com"))) {
            assertRefused(receiver, "127.0.0.1");
        }
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        try (WebSocketReceiver receiver = receiverWith(certificates.expiredServer("127.0.0.1"))) {
            assertRefused(receiver, "NotAfter");
        }
    }

    @Test
    void refusesNothingWhenToldSo() throws Exception {
        options.clear();
        options.put("tls_insecure", true);
        try (WebSocketReceiver receiver = receiverWith(certificates.expiredServer("other.example.com"))) {
            assertThat(sendTo(receiver)).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void doesNotTalkToAReceiverWithoutTls() throws Exception {
        // The receiver takes the greeting of TLS for the beginning of a request, and waits for its end.
        options.put("connect_timeout_ms", 500L);
        try (WebSocketReceiver receiver = WebSocketReceiver.start()) {
            assertThat(Transports.sendOne("wss://127.0.0.1:" + receiver.port() + "/log", options))
                    .isInstanceOfAny(SendResult.Misconfigured.class, SendResult.Retry.class);
            assertThat(receiver.batches()).isEmpty();
        }
    }

    @Test
    void givesUpABatchThatIsStuckOnItsWay() throws Exception {
        options.put("ping_interval_ms", 50L);
        options.put("ping_timeout_ms", 1_000L);
        Batch big = Batches.of("app1", Batches.numberedLines("x".repeat(1_000), 20_000));
        try (WebSocketReceiver receiver = receiverWith(certificates.server("127.0.0.1"));
                TcpProxy proxy = TcpProxy.to(receiver.port());
                Transport transport = Transports.websocket("wss://127.0.0.1:" + proxy.port() + "/", options)) {
            transport.send(Batches.of("app1", "before"));
            proxy.stall();

            assertThat(Transports.isGivenUp(Transports.sendAsync(transport, big)))
                    .isTrue();
        }
    }

    @Test
    void givesUpAServerThatIsSilentInTheMiddleOfTheHandshake() throws Exception {
        options.put("connect_timeout_ms", 300L);
        try (WebSocketReceiver receiver = receiverWith(certificates.server("127.0.0.1"));
                TcpProxy proxy = TcpProxy.to(receiver.port())) {
            proxy.stall();

            assertThat(Transports.sendOne("wss://127.0.0.1:" + proxy.port() + "/", options))
                    .isInstanceOfSatisfying(
                            SendResult.Retry.class,
                            retry -> assertThat(retry.reason()).contains("connect_timeout_ms"));
        }
    }

    private WebSocketReceiver receiverWith(TestIdentity identity) throws Exception {
        return WebSocketReceiver.start(
                new ReceiverSettings(64 * 1024 * 1024, certificates.contextFor(identity), false));
    }

    private WebSocketReceiver receiverThatAsks() throws Exception {
        return WebSocketReceiver.start(new ReceiverSettings(
                64 * 1024 * 1024, certificates.contextFor(certificates.server("127.0.0.1")), true));
    }

    private SendResult sendTo(WebSocketReceiver receiver) throws Exception {
        return Transports.sendOne(receiver.url("/log"), options);
    }

    private void assertRefused(WebSocketReceiver receiver, String reason) throws Exception {
        assertThat(sendTo(receiver))
                .isInstanceOfSatisfying(
                        SendResult.Misconfigured.class,
                        result -> assertThat(result.reason()).contains(reason));
        assertThat(receiver.batches()).isEmpty();
        try (Transport transport = Transports.websocket(receiver.url("/log"), options)) {
            assertThatThrownBy(transport::check).isInstanceOf(IOException.class).hasMessageContaining(reason);
        }
    }
}
