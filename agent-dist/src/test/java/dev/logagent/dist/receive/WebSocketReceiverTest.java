package dev.logagent.dist.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WebSocketReceiverTest {

    private static final String LINES = """
            "agentName":"a","sources":[{"sourceName":"app","logs":[{"data":"zwei ä","timestamp":"t"}]}]}""";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void acknowledgesWhatIsStoredRejectsWhatIsMalformedAndFailsAsTold() throws Exception {
        Path store = folder.resolve("got.jsonl");
        Faults firstFails = new Faults(503, 0, 1, Duration.ZERO, 2);
        try (Receiver receiver = start(firstFails, store);
                Client client = connect(receiver)) {
            assertThat(client.answerTo("{\"batchId\":\"1\"," + LINES))
                    .isEqualTo("{\"retry\":\"1\",\"after_ms\":2000,\"reason\":\"told to fail\"}");
            assertThat(store).isEmptyFile();
            assertThat(client.answerTo("{\"batchId\":\"1\"," + LINES)).isEqualTo("{\"ack\":\"1\"}");
            assertThat(Files.readString(store)).contains("\"data\":\"zwei ä\"");
            assertThat(client.answerTo("{\"batchId\":\"1\"," + LINES)).isEqualTo("{\"ack\":\"1\"}");
            assertThat(client.answerTo("{\"batchId\":\"2\"}\n{\"source\":\"s\",\"message\":\"m\"}"))
                    .isEqualTo("{\"ack\":\"2\"}");
            assertThat(client.answerTo("{\"batchId\":\"3\",\"sources\":1}"))
                    .startsWith("{\"reject\":\"3\",\"reason\":\"'agentName' must");

            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("t  app  zwei ä", "s  m");
            assertThat(receiver.stats().json())
                    .contains("\"requests\":5", "\"events\":3", "\"failed_on_purpose\":1", "\"malformed\":1")
                    .contains("\"repeated_batches\":1", "\"sources\":{\"app\":2,\"s\":1}");
        }
    }

    @Test
    void leavesThePauseToTheSenderWhenNoneIsGiven() throws Exception {
        try (Receiver receiver = start(new Faults(503, 0, 0, Duration.ZERO, null), folder.resolve("got.jsonl"));
                Client client = connect(receiver)) {
            assertThat(client.answerTo("{\"batchId\":\"1\"," + LINES))
                    .isEqualTo("{\"retry\":\"1\",\"reason\":\"told to fail\"}");
        }
    }

    private Receiver start(Faults faults, Path store) throws Exception {
        return new Receiver(anyPort(), 10_000, faults, store, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static Client connect(Receiver receiver) throws Exception {
        Client client = new Client(receiver.listenForWebSocket(anyPort()));
        assertThat(client.connectBlocking(10, TimeUnit.SECONDS)).isTrue();
        return client;
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static final class Client extends WebSocketClient implements AutoCloseable {

        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

        Client(int port) {
            super(URI.create("ws://127.0.0.1:" + port + "/"));
        }

        String answerTo(String frame) throws InterruptedException {
            send(frame);
            String answer = answers.poll(10, TimeUnit.SECONDS);
            return answer == null ? "no answer" : answer;
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {
            answers.add(message);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {}

        @Override
        public void onError(Exception e) {
            answers.add(String.valueOf(e));
        }
    }
}
