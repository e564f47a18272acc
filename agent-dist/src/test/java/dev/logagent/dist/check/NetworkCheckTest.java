package dev.logagent.dist.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.check.Finding.Verdict;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TestIdentity;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkCheckTest {

    private static final TestCertificates AUTHORITY = TestCertificates.create();

    @TempDir
    Path folder;

    private static List<Finding> of(String endPoint) {
        List<Finding> findings = new ArrayList<>();
        NetworkCheck.run(endPoint, findings::add);
        return findings;
    }

    private static Finding certificateOf(TestIdentity identity) throws IOException {
        try (CollectorServer server = CollectorServer.startTls(AUTHORITY.contextFor(identity), false)) {
            List<Finding> findings = of(server.url("/log"));
            return findings.get(findings.size() - 1);
        }
    }

    @Test
    void judgesTheCertificateThatAServerShows() throws Exception {
        assertThat(certificateOf(AUTHORITY.server("127.0.0.1")).verdict()).isNotEqualTo(Verdict.FAIL);
        assertThat(certificateOf(AUTHORITY.expiredServer("127.0.0.1")).toString())
                .startsWith("FAIL  certificate of 127.0.0.1:")
                .contains("expired at", "renew it");
        assertThat(certificateOf(AUTHORITY.server("logs.example")).toString())
                .startsWith("FAIL")
                .contains("not for 127.0.0.1", "logs.example");
    }

    @Test
    void saysWhereTheWayEnds() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(of("http://user:secret@127.0.0.1:" + port + "/log"))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.OK, Verdict.FAIL);
        assertThat(of("amqps://no-such-host.invalid/vhost").toString()).contains("FAIL", "is not known here");
        assertThat(of("127.0.0.1:" + port + ",no-such-host.invalid:9092"))
                .extracting(Finding::what)
                .containsExactly("name 127.0.0.1", "port 127.0.0.1:" + port, "name no-such-host.invalid");
    }

    @Test
    void judgesCertificatesInFiles() throws Exception {
        Path expired = folder.resolve("old.pem");
        AUTHORITY.expiredServer("localhost").writeCertificate(expired);
        Path other = folder.resolve("key.pem");
        Files.writeString(other, "no certificate");
        List<Finding> findings = new ArrayList<>();
        CertificateCheck.run(List.of(expired, other), findings::add);

        assertThat(findings.get(0).toString())
                .startsWith("FAIL  certificate " + expired)
                .contains("log-agent reload");
        assertThat(findings).noneMatch(finding -> finding.what().contains("key.pem"));
    }
}
