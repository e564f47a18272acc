package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.config.InputConfig.Syslog.Protocol;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ServerTls;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.TestCertificates;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others send while the agent goes over to another configuration: they do not know of it, and must not lose anything. */
final class SyslogReloadTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int LONGEST = 1000;

    @TempDir
    Path folder;

    private final ScriptedTransport transport = new ScriptedTransport();
    private final RecordingEvents events = new RecordingEvents();
    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        port = freePort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            return socket.getLocalPort();
        }
    }

    private Agent started(Settings settings) throws IOException {
        Agent agent = new Agent(settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> events);
        agent.start();
        return agent;
    }

    private Settings settings() {
        return Settings.in(folder.resolve("state")).interval(Duration.ofMillis(20));
    }

    private static Syslog syslog(Protocol protocol, int port, int longest, @Nullable ServerTls tls) {
        return new Syslog(protocol, new InetSocketAddress(HERE, port), tls, false, longest, 4, 65_536);
    }

    private Settings over(Protocol protocol) {
        return settings().source("net", syslog(protocol, port, LONGEST, null));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static <T> FutureTask<T> beside(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "sender");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private void awaitTexts(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> transport.texts().size() >= count);
    }

    @Test
    void aConnectionOutlivesReloadsThatChangeOtherThings() throws Exception {
        int lines = 20_000;
        try (Agent agent = started(over(Protocol.TCP));
                Socket socket = new Socket(HERE, port)) {
            FutureTask<Boolean> sender = beside(() -> {
                for (String line : Batches.numberedLines("line", lines)) {
                    send(socket, line + "\n");
                }
                return true;
            });
            for (int i = 0; i < 10; i++) {
                assertThat(agent.reload(over(Protocol.TCP).batchSize(10 + i).agent(), Map.of()))
                        .containsExactly(OutputConfig.DEFAULT_NAME);
            }
            assertThat(sender.get()).isTrue();
            awaitTexts(lines);
        }
        assertThat(transport.texts()).isEqualTo(Batches.numberedLines("line", lines));
        assertThat(events.named("inputOpened")).hasSize(1);
    }

    @Test
    void aConnectionOutlivesThatAFileIsSentAgain() throws Exception {
        try (Agent agent = started(over(Protocol.TCP));
                Socket socket = new Socket(HERE, port)) {
            send(socket, "first\nsec");
            awaitTexts(1);
            agent.rewind(folder.resolve("unknown.log"), null, 0);
            send(socket, "ond\n");
            awaitTexts(2);
        }
        assertThat(transport.texts()).containsExactly("first", "second");
    }

    @Test
    void noDatagramIsLostByAReload() throws Exception {
        try (Agent agent = started(over(Protocol.UDP));
                DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 100; i++) {
                byte[] text = ("line " + i).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(text, text.length, HERE, port));
                if (i % 20 == 10) {
                    // Every other time the source itself is another one.
                    AgentConfig next = settings()
                            .batchSize(10 + i)
                            .source("net", syslog(Protocol.UDP, port, LONGEST + i / 40, null))
                            .agent();
                    agent.reload(next, Map.of());
                }
            }
            awaitTexts(100);
        }
        assertThat(transport.texts()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void whatHasArrivedIsReadBeforeAChangedSourceIsStartedAnewOnItsPort() throws Exception {
        int lines = 5_000;
        String all = String.join("\n", Batches.numberedLines("line", lines)) + "\n";
        try (Agent agent = started(over(Protocol.TCP));
                Socket socket = new Socket(HERE, port)) {
            FutureTask<Integer> end = beside(() -> socket.getInputStream().read());
            send(socket, all);
            Settings next = settings().source("net", syslog(Protocol.TCP, port, LONGEST + 1, null));
            FutureTask<List<String>> reload = beside(() -> agent.reload(next.agent(), Map.of()));

            // The sender is told, and comes again, perhaps while the agent is still about to go over.
            assertThat(end.get()).isEqualTo(-1);
            try (Socket again = new Socket(HERE, port)) {
                send(again, "after\n");
                awaitTexts(lines + 1);
            }
            assertThat(reload.get()).containsExactly(OutputConfig.DEFAULT_NAME);
        }
        assertThat(transport.texts().subList(0, lines)).isEqualTo(Batches.numberedLines("line", lines));
        assertThat(transport.texts()).endsWith("after").hasSize(lines + 1);
        assertThat(events.named("recordsLost")).isEmpty();
    }

    @Test
    void aMessageThatIsCutIsCounted() throws Exception {
        try (Agent agent = started(over(Protocol.TCP));
                Socket socket = new Socket(HERE, port)) {
            send(socket, "whole\nunfinis");
            awaitTexts(1);
            agent.reload(settings().source("s", folder.resolve("app.log")).agent(), Map.of());
            await().until(() -> !events.named("recordsLost").isEmpty());
        }
        assertThat(transport.texts()).containsExactly("whole");
        assertThat(events.named("recordsLost")).hasSize(1);
    }

    @Test
    void aPortThatCannotBeHadChangesNothingAndNoOtherOneIsKept() throws Exception {
        try (Agent agent = started(over(Protocol.TCP));
                Socket socket = new Socket(HERE, port);
                ServerSocket taken = new ServerSocket(0, 1, HERE)) {
            send(socket, "be");
            int free = freePort();
            Settings next = settings()
                    .source("free", syslog(Protocol.TCP, free, LONGEST, null))
                    .source("taken", syslog(Protocol.TCP, taken.getLocalPort(), LONGEST, null));
            assertThatThrownBy(() -> agent.reload(next.agent(), Map.of()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("source 'taken': cannot listen for syslog over TCP")
                    .hasMessageContaining("another program has the port");
            new ServerSocket(free, 1, HERE).close();
            send(socket, "fore\n");
            awaitTexts(1);
        }
        assertThat(transport.texts()).containsExactly("before");
    }

    @Test
    void aPortThatIsNotListenedOnAnyMoreIsFree() throws Exception {
        try (Agent agent = started(over(Protocol.TCP))) {
            int other = freePort();
            agent.reload(
                    settings()
                            .source("net", syslog(Protocol.TCP, other, LONGEST, null))
                            .agent(),
                    Map.of());
            new ServerSocket(port, 1, HERE).close();
            try (Socket socket = new Socket(HERE, other)) {
                send(socket, "elsewhere\n");
                awaitTexts(1);
            }
        }
    }

    @Test
    void onlyOtherCertificatesMakeATlsSourceAnotherOne() throws Exception {
        TestCertificates old = TestCertificates.create();
        TestCertificates renewed = TestCertificates.create();
        try (Agent agent = started(overTls(old.contextFor(old.server("127.0.0.1")), "old"));
                Socket socket = tls(old)) {
            send(socket, "first\nsec");
            awaitTexts(1);

            // Read again, they are the same ones, whatever object they are in.
            Settings same = overTls(old.contextFor(old.server("127.0.0.1")), "old");
            assertThat(agent.reload(same.agent(), Map.of())).isEmpty();
            agent.reload(same.batchSize(7).agent(), Map.of());
            send(socket, "ond\n");
            awaitTexts(2);

            agent.reload(
                    overTls(renewed.contextFor(renewed.server("127.0.0.1")), "renewed")
                            .agent(),
                    Map.of());
            try (Socket another = tls(renewed)) {
                send(another, "third\n");
                awaitTexts(3);
            }
        }
        assertThat(transport.texts()).containsExactly("first", "second", "third");
    }

    private Settings overTls(SSLContext context, String contents) {
        return settings().source("net", syslog(Protocol.TLS, port, LONGEST, new ServerTls(context, contents)));
    }

    private Socket tls(TestCertificates trusted) throws Exception {
        return trusted.contextFor(trusted.client("sender")).getSocketFactory().createSocket(HERE, port);
    }
}
