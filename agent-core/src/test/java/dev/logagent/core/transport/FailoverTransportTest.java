package dev.logagent.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logagent.api.transport.SendResult;
import dev.logagent.core.transport.FailoverTransport.EndPoint;
import dev.logagent.testkit.Answer;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real servers, of which the first one is preferred. */
final class FailoverTransportTest {

    private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private CollectorServer first;
    private CollectorServer second;
    private HttpPost toFirst;
    private HttpPost toSecond;
    private FailoverTransport transport;
    private int sent;

    @BeforeEach
    void start() throws IOException {
        first = CollectorServer.start();
        second = CollectorServer.start();
        toFirst = new HttpPost(first.url("/first"));
        toSecond = new HttpPost(second.url("/second"));
        transport = new FailoverTransport(
                List.of(new EndPoint("first", toFirst), new EndPoint("second", toSecond)),
                new FailoverTransport.Changes() {
                    @Override
                    public void movedOn(String from, String to, String reason) {
                        changes.add(from + " -> " + to);
                    }

                    @Override
                    public void returned(String to) {
                        changes.add("back to " + to);
                    }
                },
                now::get);
    }

    @AfterEach
    void stop() {
        transport.close();
        first.close();
        second.close();
    }

    @Test
    void usesTheFirstWhileItWorks() throws Exception {
        send();
        send();

        assertThat(first.lines("app")).containsExactly("line 1", "line 2");
        assertThat(second.requests()).isEmpty();
        assertThat(changes).isEmpty();
    }

    @Test
    void movesOnWithTheSameBatchWhenTheFirstIsDown() throws Exception {
        first.stop();

        send();
        send();

        assertThat(second.lines("app")).containsExactly("line 1", "line 2");
        assertThat(changes).containsExactly("first -> second");
    }

    @Test
    void movesOnWhenTheFirstIsUnwillingOrDoesNotLetItIn() throws Exception {
        first.answerNext(Answer.status(503));
        send();
        now.addAndGet(FailoverTransport.RETURN_AFTER.toNanos());
        first.answerNext(Answer.status(401));
        send();

        assertThat(second.lines("app")).containsExactly("line 1", "line 2");
        assertThat(changes).as("it was not left in between").containsExactly("first -> second");
    }

    @Test
    void staysWithOneThatAsksForTimeOrRefusesTheBatch() throws Exception {
        first.answerNext(Answer.status(503).header("Retry-After", "7"), Answer.status(400));

        assertThat(transport.send(Batches.of("app", "a")))
                .isEqualTo(new SendResult.Retry("503 from " + first.url("/first"), Duration.ofSeconds(7)));
        assertThat(transport.send(Batches.of("app", "b"))).isInstanceOf(SendResult.Rejected.class);
        assertThat(second.requests()).isEmpty();
        assertThat(changes).isEmpty();
    }

    @Test
    void goesBackToTheFirstAfterAWhile() throws Exception {
        first.stop();
        send();
        first.restart();
        send();
        assertThat(first.lines("app")).as("not yet").isEmpty();

        now.addAndGet(FailoverTransport.RETURN_AFTER.toNanos());
        send();
        send();

        assertThat(first.lines("app")).containsExactly("line 3", "line 4");
        assertThat(second.lines("app")).containsExactly("line 1", "line 2");
        assertThat(changes).containsExactly("first -> second", "back to first");
    }

    @Test
    void asksTheFirstOnlyOnceInAWhile() throws Exception {
        first.answerByDefault(Answer.status(503));
        send();
        now.addAndGet(FailoverTransport.RETURN_AFTER.toNanos());
        send();
        send();
        send();

        assertThat(first.requests()).hasSize(2);
        assertThat(second.lines("app")).hasSize(4);
        assertThat(changes).containsExactly("first -> second");
    }

    @Test
    void goesBackAtOnceWhenTheOtherFails() throws Exception {
        first.stop();
        send();
        first.restart();
        second.stop();
        send();

        assertThat(first.lines("app")).containsExactly("line 2");
        assertThat(changes).containsExactly("first -> second", "back to first");
    }

    @Test
    void givesTheAnswerOfTheLastWhenAllFail() throws Exception {
        first.stop();
        second.answerNext(Answer.status(503));
        assertThat(transport.send(Batches.of("app", "a")))
                .isEqualTo(SendResult.retry("503 from " + second.url("/second")));

        second.stop();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> transport.send(Batches.of("app", "a")));
        assertThat(changes).as("nobody took anything").isEmpty();

        second.restart();
        send();
        assertThat(changes).containsExactly("first -> second");
    }

    @Test
    void losesNothingWhenThreadsSendWhileTheFirstComesAndGoes() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(4);
        List<Future<SendResult>> results = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String line = "line " + i;
            results.add(senders.submit(() -> {
                now.addAndGet(FailoverTransport.RETURN_AFTER.toNanos() / 20);
                return transport.send(Batches.of("app", line));
            }));
            if (i == 50) {
                first.stop();
            } else if (i == 120) {
                first.restart();
            }
        }
        for (Future<SendResult> result : results) {
            assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(SendResult.delivered());
        }
        senders.shutdown();

        List<String> all = new ArrayList<>(first.lines("app"));
        all.addAll(second.lines("app"));
        assertThat(all.stream().distinct()).hasSize(200);
        for (int i = 0; i < changes.size(); i++) {
            assertThat(changes.get(i))
                    .as("each change once: %s", changes)
                    .isEqualTo(i % 2 == 0 ? "first -> second" : "back to first");
        }
    }

    @Test
    void checksAllAndFailsOnlyIfNoneAnswers() throws Exception {
        assertThat(transport.check()).matches("first: answered \\d+; second: answered \\d+");
        first.stop();
        assertThat(transport.check()).matches("first: fails: .*; second: answered \\d+");
        second.stop();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(transport::check)
                .withMessageMatching("first: fails: .*; second: fails: .*");
    }

    @Test
    void closesAll() {
        transport.close();

        assertThat(toFirst.closed()).isTrue();
        assertThat(toSecond.closed()).isTrue();
    }

    private void send() throws Exception {
        sent++;
        assertThat(transport.send(Batches.of("app", "line " + sent))).isEqualTo(SendResult.delivered());
    }
}
