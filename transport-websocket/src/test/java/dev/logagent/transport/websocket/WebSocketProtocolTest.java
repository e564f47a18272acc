package dev.logagent.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.RecordedBatch;
import dev.logagent.testkit.WebSocketAnswer;
import dev.logagent.testkit.WebSocketReceiver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WebSocketProtocolTest {

    private static final Batch BATCH = Batches.of("app1", "hello");

    private WebSocketReceiver receiver;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = WebSocketReceiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.close();
    }

    @Test
    void putsTheIdInFrontOfThePayloadOfTheRustAgent() throws Exception {
        try (Transport transport = connect(Map.of())) {
            transport.send(BATCH);
        }

        assertThat(receiver.batches().get(0).payload())
                .isEqualTo("{\"batchId\":\"" + BATCH.id() + "\",\"batchNumber\":1,\"agentName\":\"agent1\","
                        + "\"sources\":[{\"sourceName\":\"app1\",\"logs\":"
                        + "[{\"data\":\"hello\",\"timestamp\":\"2024-01-15T10:30:00.123Z\"}]}]}");
    }

    @Test
    void putsTheIdOnALineOfItsOwnInFrontOfEvents() throws Exception {
        try (Transport transport =
                Transports.websocket(receiver.url("/log"), Map.of(), Format.EVENT, Compression.NONE)) {
            transport.send(Batches.of("app1", "one", "two"));
        }

        RecordedBatch batch = receiver.batches().get(0);
        assertThat(batch.id()).isEqualTo(Batches.of("app1", "one", "two").id());
        assertThat(batch.payload().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(batch.lines("app1")).containsExactly("one", "two");
    }

    @Test
    void sendsFramesOfEverySizeIntact() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Transport transport = connect(Map.of())) {
            // Around the sizes where the frame's length takes more bytes: 125, 126, 65,535 and 65,536.
            for (int length :
                    new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 65_370, 65_371, 65_372, 65_373, 65_374, 65_375, 70_000}) {
                String line = "x".repeat(length);
                assertThat(transport.send(Batches.of("app1", line))).isEqualTo(SendResult.delivered());
                lines.add(line);
            }
        }
        assertThat(receiver.lines("app1")).isEqualTo(lines);
    }

    @Test
    void carriesCredentialsAndHeadersInTheHandshake() throws Exception {
        try (Transport transport = Transports.websocket(
                receiver.url("/in?tenant=7"),
                Map.of("bearer_token", "s3cret", "headers", Map.of("X-Tenant", "seven")))) {
            transport.send(BATCH);
        }

        assertThat(receiver.awaitConnections(1).get(0))
                .containsEntry("authorization", "Bearer s3cret")
                .containsEntry("x-tenant", "seven")
                .containsEntry("user-agent", "log-agent/1.2.3")
                .containsEntry("sec-websocket-protocol", "log-agent.v1");
        assertThat(receiver.paths()).containsExactly("/in?tenant=7");
    }

    @Test
    void carriesBasicCredentialsInTheHandshake() throws Exception {
        try (Transport transport = connect(Map.of("username", "Aladdin", "password", "open sesame"))) {
            transport.send(BATCH);
        }

        assertThat(receiver.awaitConnections(1).get(0))
                .containsEntry("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @Test
    void takesAcknowledgementsInAnyOrderOverOneConnection() throws Exception {
        receiver.answerByDefault(new WebSocketAnswer.Hold());
        try (Transport transport = connect(Map.of())) {
            List<CompletableFuture<SendResult>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(Transports.sendAsync(transport, Batches.of("app1", "line " + i)));
            }
            receiver.awaitBatches(8);
            assertThat(sent).noneMatch(CompletableFuture::isDone);

            receiver.ackHeldInReverse();

            for (CompletableFuture<SendResult> outcome : sent) {
                assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.delivered());
            }
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void confirmsOnlyTheBatchThatIsNamed() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Hold());
        try (Transport transport = connect(Map.of())) {
            CompletableFuture<SendResult> held = Transports.sendAsync(transport, Batches.of("app1", "held"));
            receiver.awaitBatches(1);

            assertThat(transport.send(Batches.of("app1", "other"))).isEqualTo(SendResult.delivered());

            assertThat(held).isNotDone();
            receiver.ackHeld();
            assertThat(held.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void hasNoMoreUnconfirmedBatchesThanTheWindowAllows() throws Exception {
        receiver.answerByDefault(new WebSocketAnswer.Hold());
        try (Transport transport = connect(Map.of("window", 2L))) {
            List<CompletableFuture<SendResult>> sent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sent.add(Transports.sendAsync(transport, Batches.of("app1", "line " + i)));
            }
            receiver.awaitBatches(2);
            assertThat(receiver.batches()).hasSize(2);

            receiver.ackHeld();
            receiver.awaitBatches(3);
            receiver.ackHeld();

            for (CompletableFuture<SendResult> outcome : sent) {
                assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.delivered());
            }
        }
    }

    @Test
    void takesSeveralIdsInOneAcknowledgement() throws Exception {
        receiver.answerByDefault(new WebSocketAnswer.Silence());
        try (Transport transport = connect(Map.of())) {
            Batch first = Batches.of("app1", "first");
            CompletableFuture<SendResult> waiting = Transports.sendAsync(transport, first);
            receiver.awaitBatches(1);
            receiver.answerNext(new WebSocketAnswer.Say(
                    "{\"ack\":[\"" + first.id() + "\",\"{id}\"]}", new WebSocketAnswer.Silence()));

            assertThat(transport.send(Batches.of("app1", "second"))).isEqualTo(SendResult.delivered());
            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void sendsLaterWhatTheReceiverWantsLater() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Retry(Duration.ofMillis(1_500), "disk is full"));

        assertThat(Transports.sendOne(receiver.url("/"), Map.of()))
                .isEqualTo(new SendResult.Retry("disk is full", Duration.ofMillis(1_500)));
    }

    @Test
    void givesUpWhatTheReceiverRejects() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Reject("no such\nsource"));

        assertThat(Transports.sendOne(receiver.url("/"), Map.of()))
                .isEqualTo(new SendResult.Rejected("no such source"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "",
                "[]",
                "42",
                "{",
                "{}",
                "{\"ack\":17}",
                "{\"ack\":null}",
                "{\"ack\":[]}",
                "{\"ack\":[\"{id}\",7]}",
                "{\"ack\":\"somebody else's\"}",
                "{\"ack\":\"{id}\",\"reject\":\"{id}\"}",
                "{\"reject\":\"somebody else's\",\"reason\":{\"deep\":[1,2]}}",
                "{\"hello\":\"world\",\"extra\":[{\"ack\":\"{id}\"}]}"
            })
    void toleratesWhatIsNoAnswer(String noise) throws Exception {
        receiver.answerNext(new WebSocketAnswer.Say(noise, new WebSocketAnswer.Reject("the real answer")));

        assertThat(Transports.sendOne(receiver.url("/"), Map.of()))
                .isEqualTo(new SendResult.Rejected("the real answer"));
    }

    @Test
    void toleratesMembersOfLaterVersions() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Say(
                "{\"v\":{\"a\":[1]},\"ack\":\"{id}\",\"stored\":true,\"at\":1e400}", new WebSocketAnswer.Silence()));

        assertThat(Transports.sendOne(receiver.url("/"), Map.of())).isEqualTo(SendResult.delivered());
    }

    @Test
    void toleratesAnAcknowledgementGivenTwice() throws Exception {
        receiver.answerNext(new WebSocketAnswer.Say("{\"ack\":\"{id}\"}", new WebSocketAnswer.Ack()));
        try (Transport transport = connect(Map.of())) {
            assertThat(transport.send(BATCH)).isEqualTo(SendResult.delivered());
            assertThat(transport.send(Batches.of("app1", "next"))).isEqualTo(SendResult.delivered());
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void sendsOnlyOnceWhatTwoThreadsSendAtTheSameTime() throws Exception {
        receiver.answerByDefault(new WebSocketAnswer.Hold());
        try (Transport transport = connect(Map.of("ack_timeout_ms", 20_000L))) {
            CompletableFuture<SendResult> one = Transports.sendAsync(transport, BATCH);
            receiver.awaitBatches(1);
            CompletableFuture<SendResult> other = Transports.sendAsync(transport, BATCH);
            CompletableFuture<SendResult> third = Transports.sendAsync(transport, Batches.of("app1", "third"));
            receiver.awaitBatches(2);

            // The second sender joins the first either before the acknowledgement, or sends again after it.
            await().until(() -> {
                receiver.ackHeld();
                return one.isDone() && other.isDone() && third.isDone();
            });

            assertThat(one.get()).isEqualTo(SendResult.delivered());
            assertThat(other.get()).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void withoutAcknowledgementsWaitsForAPongBehindTheBatch() throws Exception {
        receiver.answerByDefault(new WebSocketAnswer.Silence());
        try (Transport transport = connect(Map.of("ack", "none"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(transport.send(Batches.of("app1", "line " + i))).isEqualTo(SendResult.delivered());
                // The receiver reads in order: it has had the batch when it answers the ping.
                assertThat(receiver.batches()).hasSize(i + 1);
            }
        }
    }

    @Test
    void checkTellsAReceiverThatDoesNotAcknowledge() throws Exception {
        receiver.answerByDefault(new WebSocketAnswer.Silence());
        try (Transport transport = connect(Map.of("ack_timeout_ms", 200L))) {
            assertThatThrownBy(transport::check).isInstanceOf(IOException.class).hasMessageContaining("acknowledge");
        }
        try (Transport transport = connect(Map.of("ack", "none"))) {
            assertThat(transport.check()).contains("ack = \"none\"");
        }
    }

    private Transport connect(Map<String, Object> options) throws Exception {
        return Transports.websocket(receiver.url("/log"), options);
    }
}
