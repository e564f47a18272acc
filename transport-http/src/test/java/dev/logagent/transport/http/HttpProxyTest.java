package dev.logagent.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.transport.SendResult;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpProxyTest {

    @TempDir
    private Path folder;

    private ForwardProxy proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ForwardProxy();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    @Test
    void asksTheProxyToPassOnPlainRequests() throws Exception {
        try (CollectorServer server = CollectorServer.start()) {
            assertThat(Transports.sendOne(server.url("/log"), Map.of("proxy", proxy.url("me:pw@"))))
                    .isEqualTo(SendResult.delivered());

            assertThat(server.lines("app1")).containsExactly("hello");
            assertThat(proxy.heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("POST " + server.url("/log"))
                            .contains("Proxy-Authorization: Basic bWU6cHc="));
        }
    }

    @Test
    void tunnelsTlsThroughTheProxy() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        Path ca = certificates.authority().writeCertificate(folder.resolve("ca.pem"));
        try (CollectorServer server =
                CollectorServer.startTls(certificates.contextFor(certificates.server("127.0.0.1")), false)) {
            assertThat(Transports.sendOne(
                            server.url("/log"),
                            Map.of("proxy", proxy.url("me:pw@"), "tls_ca", ca.toString(), "bearer_token", "secret")))
                    .isEqualTo(SendResult.delivered());

            assertThat(server.lines("app1")).containsExactly("hello");
            assertThat(server.requests().get(0).header("Proxy-Authorization")).isNull();
            assertThat(proxy.heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("CONNECT 127.0.0.1:" + server.port())
                            .contains("Proxy-Authorization: Basic bWU6cHc=")
                            .doesNotContain("secret"));
        }
    }

    @Test
    void goesDirectlyToExemptHosts() throws Exception {
        try (CollectorServer server = CollectorServer.start()) {
            for (String exempt : List.of("127.0.0.1", "*", "0.0.1")) {
                Transports.sendOne(
                        server.url("/log"), Map.of("proxy", proxy.url(""), "no_proxy", List.of("example.com", exempt)));
            }

            assertThat(server.requests()).hasSize(3);
            assertThat(proxy.heads()).isEmpty();
        }
    }

    @Test
    void retriesWhileTheProxyIsAway() throws Exception {
        String url = proxy.url("");
        proxy.close();
        try (CollectorServer server = CollectorServer.start()) {
            assertThat(Transports.sendOne(server.url("/log"), Map.of("proxy", url)))
                    .isInstanceOf(SendResult.Retry.class);
            assertThat(server.requests()).isEmpty();
        }
    }
}
