package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are no files, from where they come to the receiver. */
final class SourceTypesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private CollectorServer collector;

    @BeforeEach
    void listen() throws IOException {
        collector = CollectorServer.start();
    }

    @AfterEach
    void close() {
        collector.close();
    }

    private void configure(String source) throws IOException {
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                state_dir = "state"
                format = "event"
                interval_secs = 0.05
                [[sources]]
                name = "s"
                %s
                """.formatted(collector.url("/log"), source));
    }

    private List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (var request : collector.requests()) {
            new String(request.body(), StandardCharsets.UTF_8).lines().forEach(line -> {
                try {
                    events.add(JSON.readTree(line));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        return events.stream().filter(event -> event.has("raw")).toList();
    }

    private List<String> raw() {
        return events().stream().map(event -> event.at("/raw").asText()).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void deliversStandardInputToItsEndAndExits() throws Exception {
        configure("type = \"stdin\"");
        List<String> pipe = List.of("sh", "-c", "{ seq 1 20000; printf 'level=error msg=unfinished'; } | \"$@\"", "sh");

        try (AgentProcess agent = AgentProcess.startBy(pipe, folder, "run")) {
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }

        assertThat(raw()).hasSize(20_001).startsWith("1", "2").endsWith("20000", "level=error msg=unfinished");
        JsonNode last = events().get(20_000);
        assertThat(last.at("/file").asText()).isEqualTo("stdin");
        assertThat(events().stream().map(event -> event.at("/id").asText())).doesNotHaveDuplicates();
    }

    @Test
    void receivesSyslogOverTlsFromThoseWhoProveWhoTheyAre() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        TestIdentity server = certificates.server("127.0.0.1");
        server.writeCertificate(folder.resolve("cert.pem"));
        server.writeKey(folder.resolve("key.pem"));
        certificates.authority().writeCertificate(folder.resolve("ca.pem"));
        int port = freePort();
        configure("""
                type = "syslog"
                protocol = "tls"
                listen = "127.0.0.1:%d"
                tls_cert = "cert.pem"
                tls_key = "key.pem"
                tls_ca = "ca.pem"
                """.formatted(port));

        try (AgentProcess agent = AgentProcess.start(folder)) {
            agent.awaitLog("reading syslog over TLS");
            try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                stranger.getOutputStream().write("<13>plain\n".getBytes(StandardCharsets.US_ASCII));
                agent.awaitLog("127.0.0.1 has not made a TLS connection");
            }
            try (Socket client = certificates
                    .contextFor(certificates.client("web1"))
                    .getSocketFactory()
                    .createSocket("127.0.0.1", port)) {
                client.getOutputStream()
                        .write("<165>1 2003-10-11T22:14:15.003Z web1 shop 12 ID47 [x@1 item=\"7\"] sold\n"
                                .getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                await().until(() -> !events().isEmpty());
            }
            assertThat(agent.terminate()).as(agent::output).isZero();
        }

        JsonNode event = events().get(0);
        assertThat(event.at("/service").asText()).isEqualTo("shop");
        assertThat(event.at("/message").asText()).isEqualTo("sold");
        assertThat(event.at("/timestamp").asText()).isEqualTo("2003-10-11T22:14:15.003Z");
        assertThat(event.at("/file").asText()).isEqualTo("syslog/tls/127.0.0.1");
        assertThat(event.at("/metadata/peer").asText()).isEqualTo("127.0.0.1");
        assertThat(event.at("/metadata/item").asText()).isEqualTo("7");
    }

    @Test
    void takesUpARenewedCertificateAndKeepsConnectionsWhenOtherThingsChange() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        TestIdentity server = certificates.server("127.0.0.1");
        server.writeCertificate(folder.resolve("cert.pem"));
        server.writeKey(folder.resolve("key.pem"));
        int port = freePort();
        String source = """
                type = "syslog"
                protocol = "tls"
                listen = "127.0.0.1:%d"
                tls_cert = "cert.pem"
                tls_key = "key.pem"
                """.formatted(port);
        configure(source);

        try (AgentProcess agent = AgentProcess.start(folder)) {
            agent.awaitLog("reading syslog over TLS");
            try (Socket client = connect(certificates, port)) {
                send(client, "<13>first\n<13>sec");
                await().until(() -> raw().equals(List.of("<13>first")));
                configure(source + "[limits]\nmax_lines_per_sec = 100000\n");
                assertThat(AgentProcess.run(folder, "reload")).contains("started anew", "exit code 0");
                send(client, "ond\n");
                await().until(() -> raw().equals(List.of("<13>first", "<13>second")));
                assertThat(AgentProcess.run(folder, "reload")).contains("nothing has changed");

                TestCertificates renewed = TestCertificates.create();
                TestIdentity next = renewed.server("127.0.0.1");
                next.writeCertificate(folder.resolve("cert.pem"));
                next.writeKey(folder.resolve("key.pem"));
                assertThat(AgentProcess.run(folder, "reload")).contains("started anew", "exit code 0");
                try (Socket another = connect(renewed, port)) {
                    send(another, "<13>third\n");
                    await().until(() -> raw().contains("<13>third"));
                }
            }
            assertThat(agent.terminate()).as(agent::output).isZero();
        }
    }

    private static Socket connect(TestCertificates trusted, int port) throws IOException {
        return trusted.contextFor(trusted.client("web1")).getSocketFactory().createSocket("127.0.0.1", port);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void goesOnReadingStandardInputOverAReload() throws Exception {
        configure("type = \"stdin\"");
        Path go = folder.resolve("go");
        String waiting = "{ echo before; while [ ! -e " + go + " ]; do sleep 0.05; done; echo after; } | \"$@\"";

        try (AgentProcess agent = AgentProcess.startBy(List.of("sh", "-c", waiting, "sh"), folder, "run")) {
            await().until(() -> raw().equals(List.of("before")));
            configure("type = \"stdin\"\n[limits]\nmax_lines_per_sec = 100000");
            assertThat(AgentProcess.run(folder, "reload")).contains("started anew", "exit code 0");
            Files.createFile(go);
            assertThat(agent.exitCode()).as(agent::output).isZero();
        }
        assertThat(raw()).containsExactly("before", "after");
    }

    @Test
    void saysAtOnceThatAPortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configure("type = \"syslog\"\nprotocol = \"tcp\"\nlisten = \"127.0.0.1:" + taken.getLocalPort() + "\"");

            assertThat(AgentProcess.run(folder, "check"))
                    .contains("FAIL  source 's'", "another program has the port")
                    .endsWith("exit code 1");
            assertThat(AgentProcess.run(folder, "run"))
                    .contains("cannot start: source 's': cannot listen for syslog over TCP")
                    .endsWith("exit code 1");
        }
    }

    @Test
    void saysThatThisHostHasNoJournal() throws Exception {
        configure("type = \"journald\"\njournalctl = \"/nonexistent/journalctl\"");

        assertThat(AgentProcess.run(folder, "check"))
                .contains("FAIL  source 's'", "/nonexistent/journalctl cannot be run")
                .endsWith("exit code 1");
        assertThat(AgentProcess.run(folder, "run", "--once"))
                .contains("[s] cannot read the systemd journal: the program /nonexistent/journalctl cannot be run")
                .endsWith("exit code 1");
    }

    @Test
    void readsAJournalOnFromRunToRun() throws Exception {
        Path journalctl = folder.resolve("journalctl");
        Files.writeString(journalctl, """
                #!/bin/sh
                after=0
                for argument; do
                  case "$argument" in --cursor=*) after=${argument##*i=};; esac
                done
                case "$*" in *--lines=1*) echo "{\\"__CURSOR\\":\\"s=1;i=$after\\"}"; exit;; esac
                for i in $(seq $after $((after + 3))); do
                  [ $i -gt 0 ] && printf '{"__CURSOR":"s=1;i=%d","__REALTIME_TIMESTAMP":"1763625600123456","PRIORITY":"3","_SYSTEMD_UNIT":"shop.service","MESSAGE":"entry %d"}\\n' $i $i
                done
                case "$*" in *--follow*) exec sleep 60;; esac
                """);
        Files.setPosixFilePermissions(journalctl, PosixFilePermissions.fromString("rwx------"));
        configure("type = \"journald\"\njournalctl = \"" + journalctl + "\"");

        for (int run = 0; run < 2; run++) {
            assertThat(AgentProcess.run(folder, "run", "--once")).endsWith("exit code 0");
        }

        List<String> messages =
                events().stream().map(event -> event.at("/message").asText()).toList();
        assertThat(messages).startsWith("entry 1", "entry 2", "entry 3").doesNotHaveDuplicates();
        assertThat(messages).contains("entry 6");
        JsonNode event = events().get(0);
        assertThat(event.at("/level").asText()).isEqualTo("ERROR");
        assertThat(event.at("/service").asText()).isEqualTo("shop");
        assertThat(event.at("/file").asText()).isEqualTo("journald");
    }
}
