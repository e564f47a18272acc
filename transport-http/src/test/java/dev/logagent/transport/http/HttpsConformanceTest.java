package dev.logagent.transport.http;

import dev.logagent.api.transport.TransportFactory;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.Destination;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TransportConformanceTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class HttpsConformanceTest extends TransportConformanceTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @TempDir
    private Path folder;

    @Override
    protected TransportFactory factory() {
        return new HttpTransportFactory();
    }

    @Override
    protected Destination destination() throws IOException {
        Path authority = CERTIFICATES.authority().writeCertificate(folder.resolve("ca.pem"));
        return new Receiver(
                CollectorServer.startTls(CERTIFICATES.contextFor(CERTIFICATES.server("127.0.0.1")), false),
                Map.of("request_timeout_ms", 60_000L, "tls_ca", authority.toString()));
    }
}
