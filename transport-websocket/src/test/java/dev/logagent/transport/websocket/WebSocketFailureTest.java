package dev.logagent.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.receiver.websocket.ReceiverSettings;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.TcpProxy;
import dev.logagent.testkit.WebSocketAnswer;
import dev.logagent.testkit.WebSocketReceiver;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisplayName("T44: WebSocket closed while frames wait for their acknowledgement")
final class WebSocketFailureTest {

    private static final Batch BATCH = Batches.of("app1", "hello");

    /** Notices a dead connection at once, and waits for nothing else. */
    private static final Map<String, Object> WATCHFUL =
            Map.of("ping_interval_ms", 50L, "ping_timeout_ms", 1_000L, "ack_timeout_ms", 50_000L);

    private WebSocketReceiver receiver;
    private TcpProxy proxy;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = WebSocketReceiver.start();
        proxy = TcpProxy.to(receiver.port());
    }

    @AfterEach
    void stopReceiver() {
        proxy.close();
        receiver.close();
    }

    @Test
    void noticesThatAWaitingBatchHasNobodyToAnswerItAnyMore() throws Exception {
        try (Transport transport = throughProxy(WATCHFUL)) {
            transport.send(Batches.of("app1", "before"));
            proxy.stall();

            assertUncertain(Transports.sendAsync(transport, BATCH), "no sign of life");
        }
    }

    @Test
    void noticesAHalfOpenConnectionWhileNothingIsSent() throws Exception {
        try (Link link = link(proxyUrl(), WATCHFUL)) {
            Connection connection = link.open();
            proxy.stall();

            await().until(connection::hasEnded);

            proxy.resume();
            assertThat(link.open()).isNotSameAs(connection);
        }
    }

    @Test
    void givesUpABatchThatIsStuckOnItsWay() throws Exception {
        Batch big = Batches.of("app1", Batches.numberedLines("x".repeat(1_000), 20_000));
        try (Transport transport = throughProxy(WATCHFUL)) {
            transport.send(BATCH);
            proxy.stall();

            assertThat(Transports.isGivenUp(Transports.sendAsync(transport, big)))
                    .isTrue();
        }
    }

    @Test
    void keepsAConnectionThatIsOnlyIdle() throws Exception {
        try (Transport transport =
                throughProxy(Map.of("ping_interval_ms", 20L, "ping_timeout_ms", 5_000L, "ack_timeout_ms", 5_000L))) {
            transport.send(Batches.of("app1", "before"));
            receiver.answerNext(new WebSocketAnswer.Hold());
            CompletableFuture<SendResult> slow = Transports.sendAsync(transport, BATCH);
            receiver.awaitBatches(2);
            receiver.ackHeld();

            assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.delivered());
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void reportsAResetWhileABatchWaits() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Silence());
        try (Transport transport = throughProxy(Map.of())) {
            CompletableFuture<SendResult> waiting = Transports.sendAsync(transport, BATCH);
            receiver.awaitBatches(1);

            proxy.resetAll();

            assertUncertain(waiting, "was closed");
            assertThat(transport.send(BATCH)).isEqualTo(SendResult.delivered());
            assertThat(receiver.connections()).isEqualTo(2);
        }
    }

    @Test
    void connectsAgainAfterEachOfTenBreaks() throws Exception {
        try (Transport transport = throughProxy(Map.of())) {
            for (int i = 0; i < 10; i++) {
                Batch batch = Batches.of("app1", "line " + i);
                await().until(() -> Transports.sendAsync(transport, batch)
                        .handle((result, failure) -> result instanceof SendResult.Delivered)
                        .get());
                proxy.resetAll();
            }
        }
        assertThat(receiver.lines("app1").stream().distinct()).hasSize(10);
    }

    @Test
    void survivesARestartOfTheReceiver() throws Exception {
        try (Transport transport = Transports.websocket(receiver.url("/log"), Map.of())) {
            transport.send(Batches.of("app1", "before"));
            receiver.stop();
            await().until(() -> Transports.sendAsync(transport, BATCH)
                    .handle((result, failure) -> result instanceof SendResult.Retry retry
                            && retry.reason().contains("cannot connect"))
                    .get());
            receiver.restart();

            await().until(() -> transport.send(BATCH) instanceof SendResult.Delivered);
        }
        assertThat(receiver.lines("app1")).containsExactly("before", "hello");
    }

    @Test
    void givesUpWaitingForAnAcknowledgement() throws Exception {
        receiver.answerByDefault(new WebSocketAnswer.Silence());
        try (Transport transport = throughProxy(Map.of("ack_timeout_ms", 200L))) {
            assertUncertain(Transports.sendAsync(transport, BATCH), "ack_timeout_ms");
            receiver.answerByDefault(new WebSocketAnswer.Ack());

            assertThat(transport.send(BATCH)).isEqualTo(SendResult.delivered());
            // Nothing at all was answered on the first connection.
            assertThat(receiver.connections()).isEqualTo(2);
        }
    }

    @Test
    void keepsTheConnectionWhenOnlyOneBatchOfSeveralGetsNoAnswer() throws Exception {
        try (Transport transport = throughProxy(Map.of("ack_timeout_ms", 1_000L))) {
            receiver.answerNext(new WebSocketAnswer.Silence());
            CompletableFuture<SendResult> forgotten = Transports.sendAsync(transport, BATCH);
            receiver.awaitBatches(1);
            assertThat(transport.send(Batches.of("app1", "other"))).isEqualTo(SendResult.delivered());

            assertUncertain(forgotten, "ack_timeout_ms");
            assertThat(transport.send(BATCH)).isEqualTo(SendResult.delivered());
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void doesNotTakeASilentServerForAConnection() throws Exception {
        proxy.stall();

        assertThat(Transports.sendOne(proxyUrl(), Map.of("connect_timeout_ms", 300L)))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.reason()).contains("connect_timeout_ms"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 1012, 1013})
    void sendsAgainWhenTheReceiverCloses(int code) throws Exception {
        receiver.answerNext(new WebSocketAnswer.Close(code, "not now"));
        try (Transport transport = throughProxy(Map.of())) {
            assertUncertain(Transports.sendAsync(transport, BATCH), "not now");
            assertThat(transport.send(BATCH)).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void sendsAgainWhenTheConnectionBreaksInsteadOfAnAnswer() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Cut());
        try (Transport transport = throughProxy(Map.of())) {
            assertUncertain(Transports.sendAsync(transport, BATCH), "was closed");
            assertThat(transport.send(BATCH)).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void tellsTheOperatorWhenTheReceiverForbidsIt() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Close(1008, "unknown agent"));

        assertThat(Transports.sendOne(receiver.url("/"), Map.of()))
                .isInstanceOfSatisfying(
                        SendResult.Misconfigured.class,
                        wrong -> assertThat(wrong.reason()).contains("1008", "unknown agent"));
    }

    @Test
    void rejectsTheBiggestBatchWhenTheReceiverFindsAFrameTooBig() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Silence(), new WebSocketAnswer.Close(1009, "too big"));
        try (Transport transport = throughProxy(Map.of())) {
            CompletableFuture<SendResult> small = Transports.sendAsync(transport, BATCH);
            receiver.awaitBatches(1);

            assertThat(transport.send(Batches.of("app1", "x".repeat(10_000)))).isInstanceOf(SendResult.Rejected.class);
            assertUncertain(small, "1009");
        }
    }

    @Test
    void doesNotSendWhatIsLargerThanTheReceiverSaysItTakes() throws Exception {
        try (WebSocketReceiver modest = WebSocketReceiver.start(new ReceiverSettings(2_000, null, false));
                Transport transport = Transports.websocket(modest.url("/"), Map.of())) {
            assertThat(transport.send(Batches.of("app1", "x".repeat(3_000))))
                    .isInstanceOfSatisfying(
                            SendResult.Rejected.class,
                            rejected -> assertThat(rejected.reason()).contains("2000"));
            assertThat(transport.send(BATCH)).isEqualTo(SendResult.delivered());
            assertThat(modest.connections()).isEqualTo(1);
        }
    }

    @Test
    void givesUpAReceiverThatOnlyTalks() throws Exception {
        String chatter = "{\"news\":1}";
        WebSocketAnswer answer = new WebSocketAnswer.Silence();
        for (int i = 0; i < 1_000; i++) {
            answer = new WebSocketAnswer.Say(chatter, answer);
        }
        receiver.answerNext(answer);
        try (Transport transport = throughProxy(Map.of())) {
            assertUncertain(Transports.sendAsync(transport, BATCH), "no answers");
        }
    }

    @Test
    void doesNotReadAnswersWithoutEnd() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Say(
                "{\"reason\":\"" + "x".repeat(100_000) + "\",\"ack\":\"{id}\"}", new WebSocketAnswer.Silence()));
        try (Transport transport = throughProxy(Map.of())) {
            assertUncertain(Transports.sendAsync(transport, BATCH), "was closed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, wrong",
        "401, wrong",
        "403, wrong",
        "404, wrong",
        "302, wrong",
        "200, wrong",
        "408, later",
        "429, later",
        "500, later",
        "503, later"
    })
    void judgesARefusedHandshakeByItsStatus(int status, String meaning) throws Exception {
        try (CollectorServer server = CollectorServer.start()) {
            server.answerByDefault(Answer.status(status).header("Retry-After", "7"));

            SendResult result = Transports.sendOne("ws://127.0.0.1:" + server.port() + "/log", Map.of());

            if (meaning.equals("wrong")) {
                assertThat(result)
                        .isInstanceOfSatisfying(
                                SendResult.Misconfigured.class,
                                wrong -> assertThat(wrong.reason()).contains("refused", Integer.toString(status)));
            } else {
                assertThat(result)
                        .isInstanceOfSatisfying(
                                SendResult.Retry.class,
                                retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(7)));
            }
        }
    }

    @Test
    void doesNotTakeAnotherProtocolForWebSocket() throws Exception {
        try (CollectorServer server = CollectorServer.start()) {
            server.answerByDefault(Answer.garbage());

            assertThat(Transports.sendOne("ws://127.0.0.1:" + server.port() + "/", Map.of()))
                    .isInstanceOfSatisfying(
                            SendResult.Retry.class,
                            retry -> assertThat(retry.reason()).contains("not HTTP"));
        }
    }

    @Test
    void saysInCheckWhatIsWrong() throws Exception {
        try (CollectorServer server = CollectorServer.start();
                Transport transport = Transports.websocket("ws://127.0.0.1:" + server.port() + "/", Map.of())) {
            server.answerByDefault(Answer.status(401));

            assertThatThrownBy(transport::check).isInstanceOf(IOException.class).hasMessageContaining("401");
        }
    }

    @Test
    void sendsNothingOnceItIsClosed() throws Exception {
        Transport transport = throughProxy(Map.of());
        transport.send(BATCH);
        transport.close();

        assertThat(transport.send(BATCH)).isInstanceOf(SendResult.Retry.class);
        assertThat(receiver.batches()).hasSize(1);
    }

    private String proxyUrl() {
        return "ws://127.0.0.1:" + proxy.port() + "/log";
    }

    private static Link link(String endPoint, Map<String, Object> options) throws Exception {
        EndPoint parsed = Objects.requireNonNull(EndPoint.parse(endPoint, problem -> {}));
        Settings settings =
                Settings.of(parsed, Map.of(), SocketFactory.getDefault(), WebSocketOptions.TABLE.parse(options));
        return new Link(settings, new Failures(parsed.shown()));
    }

    private Transport throughProxy(Map<String, Object> options) throws Exception {
        return Transports.websocket(proxyUrl(), options);
    }

    private static void assertUncertain(CompletableFuture<SendResult> sent, String reason) {
        assertThatThrownBy(() -> sent.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }
}
