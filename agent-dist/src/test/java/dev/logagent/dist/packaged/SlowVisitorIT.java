package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Visitors of the dashboard who ask for lines and then take none, or do not come to the end of what they ask. */
final class SlowVisitorIT {

    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int LINES_AT_ONCE = 50;
    private static final String LONG_LINE = "x".repeat(1_900);

    @TempDir
    Path folder;

    @Test
    void whoTakesNothingIsCutOffAndHoldsUpNobody() throws Exception {
        try (CollectorServer destination = CollectorServer.start()) {
            DashboardProcess.configure(folder, destination.url("/log"), "listen = '127.0.0.1:0'");
            try (DashboardProcess dashboard = DashboardProcess.running(folder);
                    Socket slow = asking(dashboard)) {
                assertThat(isEstablished(dashboard.port(), slow.getLocalPort())).isTrue();
                AtomicInteger written = new AtomicInteger();
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> {
                            DashboardProcess.write(
                                    folder.resolve("app.log"),
                                    Collections.nCopies(LINES_AT_ONCE, LONG_LINE)
                                            .toArray(String[]::new));
                            written.addAndGet(LINES_AT_ONCE);
                            assertThat(dashboard.get("/health/live").statusCode())
                                    .isEqualTo(200);
                            return !isEstablished(dashboard.port(), slow.getLocalPort());
                        });
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> destination.lines("app").size() == written.get());
            }
        }
    }

    @Test
    void whoAsksForEverIsCutOff() throws Exception {
        DashboardProcess.configure(folder, "http://127.0.0.1:9/log", "listen = '127.0.0.1:0'");
        try (DashboardProcess dashboard = DashboardProcess.running(folder);
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), dashboard.port())) {
            slow.getOutputStream().write("GET /health/live HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        assertThat(dashboard.get("/health/live").statusCode()).isEqualTo(200);
                        return !canSay(slow, "X: y\r\n");
                    });
        }
    }

    private static boolean canSay(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket asking(DashboardProcess dashboard) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), dashboard.port()));
        String request = "GET /api/events HTTP/1.1\r\nHost: " + dashboard.authority() + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 101");
        return socket;
    }

    /** Whether the server's end is open, as the system sees it: to read from the other end would help. */
    private static boolean isEstablished(int server, int visitor) throws IOException {
        String ends = String.format(Locale.ROOT, ".*:%04X [0-9A-F]+:%04X 01 .*", server, visitor);
        boolean established = false;
        for (Path connections : CONNECTIONS) {
            established |= Files.exists(connections)
                    && Files.readAllLines(connections).stream().anyMatch(line -> line.matches(ends));
        }
        return established;
    }
}
