package dev.logagent.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.RecordedRequest;
import dev.logagent.testkit.TcpProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the transport makes of servers and networks that fail. */
final class HttpFailureTest {

    private CollectorServer server;

    @BeforeEach
    void start() throws IOException {
        server = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksToWaitAsLongAsTheServerSays() throws Exception {
        server.answerNext(Answer.status(429).header("Retry-After", "7").body("slow down"));

        assertThat(sendOne()).isEqualTo(new SendResult.Retry("429 Scripted: slow down", Duration.ofSeconds(7)));
    }

    @Test
    void leavesTheRepetitionToTheAgentOnceTheServerHasAnswered() throws Exception {
        server.answerByDefault(Answer.status(503).header("Retry-After", "0"));
        assertThat(sendOne()).isEqualTo(new SendResult.Retry("503 Scripted", Duration.ZERO));
        server.answerByDefault(Answer.status(408));
        assertThat(sendOne()).isEqualTo(SendResult.retry("408 Scripted"));

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void givesUpWaitingAfterTheRequestTimeout() throws Exception {
        server.answerByDefault(new Answer.Hang());

        assertThat(Transports.sendOne(server.url("/log"), Map.of("request_timeout_ms", 100L)))
                .isEqualTo(SendResult.retry("no answer from " + server.url("") + " within request_timeout_ms"));
    }

    @Test
    void givesUpWaitingForAServerThatOnlyAcceptsConnections() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                TcpProxy proxy = TcpProxy.to(silent.getLocalPort())) {
            proxy.stall();

            assertThat(Transports.sendOne(
                            "http://127.0.0.1:" + proxy.port() + "/log", Map.of("request_timeout_ms", 100L)))
                    .isInstanceOf(SendResult.Retry.class);
        }
    }

    @Test
    void retriesWhenTheConnectionBreaks() throws Exception {
        server.answerByDefault(new Answer.CutBeforeBody());
        assertThat(sendOne()).isInstanceOf(SendResult.Retry.class);
        server.answerByDefault(new Answer.CutAfterBody());
        assertThat(sendOne()).isInstanceOf(SendResult.Retry.class);
    }

    @Test
    void sendsAgainUnderTheSameKeyWhenAnIdleConnectionTurnsOutToBeClosed() throws Exception {
        try (Transport transport = Transports.http(server.url("/log"), Map.of())) {
            transport.send(Batches.of("app1", "first"));
            server.answerNext(new Answer.CutAfterBody());

            assertThat(transport.send(Batches.of("app1", "second"))).isEqualTo(SendResult.delivered());
        }

        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().subList(1, 3).stream()
                        .map(request -> request.header("Idempotency-Key"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void survivesAnEndlessAnswer() throws Exception {
        server.answerNext(new Answer.Flood(500), new Answer.Flood(200));

        assertThat(sendOne())
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.reason())
                                .startsWith("500 Flood: all work and no play")
                                .hasSizeLessThan(250));
        assertThat(sendOne()).isEqualTo(SendResult.delivered());
    }

    @Test
    void tellsThatAServerDoesNotSpeakHttp() throws Exception {
        server.answerByDefault(Answer.garbage());

        assertThat(sendOne())
                .isInstanceOfSatisfying(
                        SendResult.Misconfigured.class,
                        result -> assertThat(result.reason()).contains("does not speak HTTP"));
    }

    @Test
    void followsARedirectWithinTheServerWithMethodAndBody() throws Exception {
        server.answerNext(Answer.status(307).header("Location", "/new?x=1"));
        assertThat(sendOne()).isEqualTo(SendResult.delivered());
        server.answerNext(Answer.status(308).header("Location", server.url("/newer")));
        assertThat(sendOne()).isEqualTo(SendResult.delivered());

        assertThat(server.requests().stream().map(RecordedRequest::method)).containsOnly("POST");
        assertThat(server.requests().stream().map(RecordedRequest::target))
                .containsExactly("/log", "/new?x=1", "/log", "/newer");
        assertThat(server.lines("app1")).containsExactly("hello", "hello");
    }

    @Test
    void followsNoRedirectToAnotherServer() throws Exception {
        try (CollectorServer other = CollectorServer.start()) {
            server.answerNext(Answer.status(307).header("Location", other.url("/log")));

            assertThat(sendOne())
                    .isInstanceOfSatisfying(
                            SendResult.Misconfigured.class,
                            result -> assertThat(result.reason())
                                    .contains(other.url("/log"))
                                    .contains("end_point"));
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void followsNoRedirectThatWouldDropTheBody() throws Exception {
        server.answerNext(Answer.status(302).header("Location", "/login"));

        assertThat(sendOne()).isInstanceOf(SendResult.Misconfigured.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void doesNotRunInCircles() throws Exception {
        server.answerByDefault(Answer.status(307).header("Location", "/log"));

        assertThat(sendOne()).isInstanceOf(SendResult.Misconfigured.class);
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void namesAHostThatDoesNotExist() throws Exception {
        assertThat(Transports.sendOne("http://nowhere.invalid/log?token=abc", Map.of()))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.reason())
                                .contains("nowhere.invalid")
                                .doesNotContain("abc"));
    }

    @Test
    void checkPassesWhenOnlyTheEmptyBatchIsRefused() throws Exception {
        server.answerNext(Answer.status(422));
        try (Transport transport = Transports.http(server.url("/log"), Map.of())) {
            assertThat(transport.check()).contains("422");
        }
    }

    @Test
    void checkFailsWhenTheCredentialsAreRefused() throws Exception {
        server.answerNext(Answer.status(401).body("who are you?"));
        try (Transport transport = Transports.http(server.url("/log?token=abc"), Map.of())) {
            assertThatThrownBy(transport::check)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("401 Scripted: who are you?")
                    .hasMessageContaining(server.url("/log"))
                    .hasMessageNotContaining("abc");
        }
    }

    private SendResult sendOne() throws Exception {
        return Transports.sendOne(server.url("/log"), Map.of());
    }
}
