package dev.logagent.receiver.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.enums.Opcode;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BatchReceiverTest {

    private static final String FRAME = "{\"batchId\":\"b \\\"1\\\"\",\"agentName\":\"a\",\"sources\":[]}";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private BatchReceiver receiver;
    private Client client;

    @BeforeEach
    void connect() throws Exception {
        InetSocketAddress anyPort = loopback(0);
        receiver = BatchReceiver.start(anyPort, new ReceiverSettings(1_000, null, false), (batch, reply) -> {
            if (batch.payload().contains("later")) {
                reply.retry(Duration.ofSeconds(2), "not now");
            } else if (batch.payload().contains("never")) {
                reply.reject("no");
            } else {
                reply.ack();
            }
        });
        client = new Client();
        assertThat(client.connectBlocking(10, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void close() {
        client.close();
        receiver.close();
    }

    @Test
    void saysInTheHandshakeHowMuchItTakes() throws Exception {
        assertThat(next()).isEqualTo("max 1000");
    }

    @Test
    void answersWithTheIdOfTheBatch() throws Exception {
        next();

        client.send(FRAME);
        assertThat(next()).isEqualTo("{\"ack\":\"b \\\"1\\\"\"}");
        client.send("{\"batchId\":\"2\",\"later\":1}");
        assertThat(next()).isEqualTo("{\"retry\":\"2\",\"after_ms\":2000,\"reason\":\"not now\"}");
        client.send("{\"batchId\":\"3\",\"never\":1}");
        assertThat(next()).isEqualTo("{\"reject\":\"3\",\"reason\":\"no\"}");
    }

    @Test
    void closesWhenAFrameIsNoBatch() throws Exception {
        next();

        client.send("hello");

        assertThat(next()).isEqualTo("closed 1003");
    }

    @Test
    void closesWhenAFrameIsTooBig() throws Exception {
        next();

        client.send("x".repeat(1_001));

        assertThat(next()).isEqualTo("closed 1009");
    }

    @Test
    void closesWhenAMessageInManyFramesIsTooBig() throws Exception {
        next();

        for (int i = 0; i < 20 && client.isOpen(); i++) {
            client.sendFragmentedFrame(Opcode.TEXT, ByteBuffer.wrap(new byte[100]), false);
        }

        assertThat(next()).isEqualTo("closed 1009");
    }

    @Test
    void tellsWhenItCannotListen() throws Exception {
        InetSocketAddress taken = loopback(receiver.port());

        assertThatThrownBy(() -> BatchReceiver.start(taken, ReceiverSettings.PLAIN, (batch, reply) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen");
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private String next() throws InterruptedException {
        String message = heard.poll(10, TimeUnit.SECONDS);
        return message == null ? "nothing" : message;
    }

    private final class Client extends WebSocketClient {

        Client() {
            super(URI.create("ws://127.0.0.1:" + receiver.port() + "/"));
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            heard.add("max " + handshake.getFieldValue("Log-Agent-Max-Frame"));
        }

        @Override
        public void onMessage(String message) {
            heard.add(message);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            heard.add("closed " + code);
        }

        @Override
        public void onError(Exception e) {}
    }
}
