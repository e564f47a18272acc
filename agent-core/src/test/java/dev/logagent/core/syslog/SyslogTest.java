package dev.logagent.core.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Level;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.config.InputConfig.Syslog.Protocol;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.input.Feed;
import dev.logagent.core.parser.RunParser;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.testing.FeedRun;
import dev.logagent.core.testing.RecordingEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages over real sockets. */
final class SyslogTest {

    private static final int MAX_MESSAGE = 1000;

    private final RecordingEvents events = new RecordingEvents();
    private final List<Port> ports = new ArrayList<>();

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Syslog config(Protocol protocol, int port, int connections, int buffer) {
        return new Syslog(
                protocol,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                null,
                false,
                MAX_MESSAGE,
                connections,
                buffer);
    }

    private Feed feed(Syslog config) throws IOException {
        Port port = Port.open(config);
        ports.add(port);
        return port.feed(config, SourceInfo.named("s"), events, new FatalError());
    }

    @AfterEach
    void close() {
        ports.forEach(Port::close);
    }

    private FeedRun tcp(int port) throws Exception {
        return new FeedRun(feed(config(Protocol.TCP, port, 4, 65_536)), events);
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void sendTo(int port, List<String> datagrams) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (String text : datagrams) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            }
        }
    }

    @Test
    void takesADatagramForAMessage() throws Exception {
        int port = freePort();
        try (FeedRun run = new FeedRun(feed(config(Protocol.UDP, port, 1, 65_536)), events)) {
            sendTo(port, List.of("<13>one\n", "<13>two\nlines", "", "<13>three\0"));

            await().until(() -> run.texts().size() == 3);
            assertThat(run.texts()).containsExactly("<13>one", "<13>two\nlines", "<13>three");
        }
    }

    @Test
    void saysWhereAMessageCameFrom() throws Exception {
        int port = freePort();
        try (FeedRun run = new FeedRun(feed(config(Protocol.UDP, port, 1, 65_536)), events)) {
            sendTo(port, List.of("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8"));
            await().until(() -> !run.runs().isEmpty());

            LogEvent event = new LogEvent(
                    new RunParser("syslog", ParserConfig.of("syslog"))
                            .parse(run.runs().get(0)),
                    0);
            assertThat(event.service()).isEqualTo("su");
            assertThat(event.metadata())
                    .containsEntry("peer", "127.0.0.1")
                    .containsEntry("transport", "udp")
                    .containsEntry("hostname", "mymachine");
        }
    }

    @Test
    void understandsWhatTheSystemsOwnSenderSends() throws Exception {
        int port = freePort();
        try (FeedRun run = new FeedRun(feed(config(Protocol.UDP, port, 1, 65_536)), events);
                FeedRun tcp = tcp(port)) {
            logger(port, "--udp", "--rfc3164", "-p", "local0.warning", "one");
            logger(port, "--udp", "--rfc5424", "-p", "daemon.crit", "--msgid", "ID1", "two");
            logger(port, "--tcp", "--rfc5424", "--octet-count", "-p", "user.err", "three");
            logger(port, "--tcp", "--rfc3164", "-p", "user.info", "four");
            await().until(() -> run.texts().size() == 2 && tcp.texts().size() == 2);

            List<LogEvent> found = Stream.of(run, tcp)
                    .flatMap(each -> each.runs().stream())
                    .map(new RunParser("syslog", ParserConfig.of("syslog"))::parse)
                    .flatMap(parsed -> IntStream.range(0, parsed.count()).mapToObj(i -> new LogEvent(parsed, i)))
                    .toList();
            assertThat(found).extracting(LogEvent::message).containsExactly("one", "two", "three", "four");
            assertThat(found)
                    .extracting(LogEvent::level)
                    .containsExactly(Level.WARNING, Level.CRITICAL, Level.ERROR, Level.INFO);
            assertThat(found).extracting(LogEvent::service).containsOnly("shop");
        }
    }

    private static void logger(int port, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("logger", "--server", "127.0.0.1", "--port", Integer.toString(port), "--tag", "shop"));
        command.addAll(List.of(options));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void countsTheDatagramsThatTheSystemDropped() throws Exception {
        int port = freePort();
        String message = "<13>" + "x".repeat(900);
        try (FeedRun run = new FeedRun(feed(config(Protocol.UDP, port, 1, 4096)), events, 0)) {
            // The first is taken and waits for room; the others fill the system's buffer.
            sendTo(port, IntStream.range(0, 2000).mapToObj(i -> message).toList());
            run.moreRoom();
            await().until(() -> !events.named("recordsLost").isEmpty());
            await().until(() -> run.texts().size() + lost() == 2000);
        }
    }

    private long lost() {
        return events.named("recordsLost").stream()
                .mapToLong(event -> Long.parseLong(event.split(" ", -1)[1]))
                .sum();
    }

    @Test
    void understandsBothKindsOfFramingOnOneConnection() throws Exception {
        int port = freePort();
        try (FeedRun run = tcp(port);
                Socket socket = connect(port)) {
            send(socket, "<13>line\r\n9 <13>a\nb c<13>next\n7 <13>end");

            await().until(() -> run.texts().size() == 4);
            assertThat(run.texts()).containsExactly("<13>line", "<13>a\nb c", "<13>next", "<13>end");
        }
    }

    @Test
    void findsMessagesHoweverTheBytesAreCut() throws Exception {
        int port = freePort();
        String sent = "<13>one\n11 <13>counted<14>two\n2026-11-21 no syslog\n12 no length\n";
        try (FeedRun run = tcp(port);
                Socket socket = connect(port)) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < sent.length(); i++) {
                send(socket, sent.substring(i, i + 1));
            }
            await().until(() -> run.texts().size() == 5);
            assertThat(run.texts())
                    .containsExactly("<13>one", "<13>counted", "<14>two", "2026-11-21 no syslog", "12 no length");
        }
    }

    @Test
    void cutsMessagesThatAreTooLongAndLosesNothingOfThem() throws Exception {
        int port = freePort();
        String text = "<13>" + "\u00e4x".repeat(1100);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        try (FeedRun run = tcp(port);
                Socket socket = connect(port)) {
            send(socket, text + "\n" + length + " " + text + "<13>short\n");

            await().until(() -> run.texts().contains("<13>short"));
            assertThat(String.join("", run.texts())).isEqualTo(text + text + "<13>short");
            assertThat(run.events().get(0).run().isPartial(0)).isTrue();
            assertThat(events.named("lineSplit")).hasSize(2);
        }
    }

    @Test
    void takesAnUnfinishedMessageWhenTheConnectionEnds() throws Exception {
        int port = freePort();
        try (FeedRun run = tcp(port)) {
            try (Socket socket = connect(port)) {
                send(socket, "<13>whole\n<13>unfinished");
            }
            await().until(() -> run.texts().size() == 2);
            assertThat(run.texts()).containsExactly("<13>whole", "<13>unfinished");
        }
    }

    @Test
    void stopsReadingWhileNothingIsTakenAndLosesNothing() throws Exception {
        int port = freePort();
        int count = 40_000;
        try (FeedRun run = new FeedRun(feed(config(Protocol.TCP, port, 4, 65_536)), events, 0)) {
            Thread sender = new Thread(() -> {
                try (Socket socket = connect(port)) {
                    for (int i = 0; i < count; i++) {
                        send(socket, "<13>message number " + i + " " + "x".repeat(300) + "\n");
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            sender.start();
            await().until(() -> sender.getState() == Thread.State.RUNNABLE);
            assertThat(run.texts()).isEmpty();
            run.moreRoom();
            sender.join();

            await().until(() -> run.texts().size() == count);
            assertThat(run.texts().get(count - 1)).startsWith("<13>message number " + (count - 1) + " ");
        }
    }

    @Test
    void refusesConnectionsBeyondTheLimitAndTakesNewOnesAfterwards() throws Exception {
        int port = freePort();
        try (FeedRun run = new FeedRun(feed(config(Protocol.TCP, port, 1, 65_536)), events)) {
            try (Socket first = connect(port)) {
                send(first, "<13>first\n");
                await().until(() -> run.texts().size() == 1);
                try (Socket second = connect(port)) {
                    assertThat(second.getInputStream().read()).isEqualTo(-1);
                }
            }
            await().until(() -> {
                try (Socket third = connect(port)) {
                    send(third, "<13>third\n");
                } catch (IOException e) {
                    return false; // the first one is not gone yet
                }
                return run.texts().contains("<13>third");
            });
            assertThat(events.named("inputNotice").get(0)).contains("max_connections is 1");
        }
    }

    @Test
    void doesNotStartWhenThePortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Syslog config = config(Protocol.TCP, taken.getLocalPort(), 4, 65_536);

            assertThatThrownBy(() -> new FeedRun(feed(config), events))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen for syslog over TCP")
                    .hasMessageContaining("another program has the port");
            assertThat(Ports.faultOf(config)).contains("another program has the port");
        }
    }

    @Test
    void writesAddressesAsTheSystemsTablesDo() throws Exception {
        byte[] four = {127, 0, 0, 1};
        byte[] six = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        assertThat(UdpDrops.hex(new InetSocketAddress(InetAddress.getByAddress(four), 514)))
                .isEqualTo("0100007F:0202");
        assertThat(UdpDrops.hex(new InetSocketAddress(InetAddress.getByAddress(six), 5514)))
                .isEqualTo("00000000000000000000000001000000:158A");
    }
}
