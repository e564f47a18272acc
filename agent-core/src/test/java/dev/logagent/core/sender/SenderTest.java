package dev.logagent.core.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.core.config.GlobalConfig.Ordering;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Senders;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SenderTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Path state;
    private final ScriptedTransport transport = new ScriptedTransport();
    private final RecordingEvents events = new RecordingEvents();
    private final List<String> resolved = Collections.synchronizedList(new ArrayList<>());
    private Sender sender;

    SenderTest(@TempDir Path state) {
        this.state = state;
        this.sender = sender(1, Duration.ofMillis(1));
    }

    private Sender sender(int tasks, Duration retryDelay) {
        Settings settings = Settings.in(state)
                .sendTasks(tasks)
                .retryCount(3)
                .retryDelay(retryDelay)
                .ordering(Ordering.NONE);
        return sender(settings);
    }

    private Sender sender(Settings settings) {
        return Senders.sender(settings, state, transport, events, batch -> resolved.addAll(Runs.texts(batch)));
    }

    @AfterEach
    void stop() throws InterruptedException {
        sender.stop(LONG);
    }

    private void submit(String... lines) throws InterruptedException {
        sender.submit(Runs.batch(1, Runs.at("s", 0, lines)), false);
    }

    private void use(int tasks, Duration retryDelay) {
        sender = sender(tasks, retryDelay);
    }

    private List<String> deadLetters() throws IOException {
        return Files.readAllLines(state.resolve("dead-letters/dead-letters.jsonl"));
    }

    @Test
    void sendsAgainUntilTheDestinationTakesTheBatch() throws Exception {
        for (int i = 0; i < 6; i++) {
            transport.then(batch -> SendResult.retry("503"));
        }

        submit("a", "b");

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(transport.sent())
                .hasSize(7)
                .allMatch(batch -> batch.id().equals(transport.sent().get(0).id()));
        assertThat(resolved).containsExactly("a", "b");
    }

    @Test
    void tellsOfTroubleOnceForEachChange() throws Exception {
        transport
                .then(batch -> SendResult.retry("503"))
                .then(batch -> SendResult.retry("503"))
                .then(batch -> SendResult.retry("503"))
                .then(batch -> {
                    throw new IOException("connection reset");
                })
                .then(batch -> SendResult.retry("503"));

        submit("a");
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        submit("b");
        assertThat(sender.awaitEmpty(LONG)).isTrue();

        assertThat(events.named("destinationFailing"))
                .containsExactly(
                        "destinationFailing 503", "destinationFailing connection reset", "destinationFailing 503");
        assertThat(events.named("batchParked")).containsExactly("batchParked 4");
        assertThat(events.named("destinationRecovered")).containsExactly("destinationRecovered 5");
        assertThat(events.named("batchRetried")).hasSize(5);
    }

    @Test
    void leavesTheDestinationAloneAsLongAsItAsks() throws Exception {
        transport.then(batch -> new SendResult.Retry("429", Duration.ofMinutes(30)));

        submit("first");
        await().until(() -> events.named("batchRetried").size() == 1);
        submit("second");

        assertThat(sender.awaitEmpty(Duration.ofMillis(50))).isFalse();
        assertThat(transport.sent()).hasSize(1);
        sender.finish();
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(transport.texts()).containsExactly("first", "second");
    }

    @Test
    void sendsOneBatchAtATimeWhileTheDestinationIsAway() throws Exception {
        use(4, Duration.ofMillis(1));
        List<Integer> atOnce = Collections.synchronizedList(new ArrayList<>());
        transport.usually(batch -> {
            atOnce.add(transport.sending());
            throw new IOException("refused");
        });
        for (int i = 0; i < 20; i++) {
            submit("line " + i);
        }
        await().until(() -> atOnce.size() >= 10);

        assertThat(atOnce.subList(6, 10))
                .as("after those that were on their way already")
                .containsOnly(1);
        assertThat(events.named("destinationFailing")).hasSize(1);
        transport.usually(batch -> SendResult.delivered());
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(transport.texts()).hasSize(20).doesNotHaveDuplicates();
        assertThat(events.named("destinationRecovered")).hasSize(1);
    }

    @Test
    void letsAPoisonBatchHoldUpNobodyElse() throws Exception {
        use(2, Duration.ofMillis(1));
        transport.usually(
                batch -> Runs.texts(batch).contains("poison") ? SendResult.retry("500") : SendResult.delivered());
        submit("poison");
        for (int i = 0; i < 200; i++) {
            submit("line " + i);
        }

        await().until(() -> transport.texts().size() == 200);
        assertThat(sender.unresolvedBatches()).isEqualTo(1);
        transport.usually(batch -> SendResult.delivered());
        assertThat(sender.awaitEmpty(LONG)).isTrue();
    }

    @Test
    void keepsABatchThroughAWrongConfiguration() throws Exception {
        transport.then(batch -> new SendResult.Misconfigured("401 Unauthorized"));

        submit("a");
        await().until(() -> !events.named("batchRetried").isEmpty());

        assertThat(events.named("destinationFailing"))
                .containsExactly("destinationFailing 401 Unauthorized (misconfigured)");
        assertThat(resolved).isEmpty();
        sender.finish();
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(resolved).containsExactly("a");
    }

    @Test
    void goesOnSoonWhenWhatHasWorkedRefusesForAMoment() throws Exception {
        submit("a");
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        transport.then(batch -> new SendResult.Misconfigured("404 Not Found"));
        transport.then(batch -> new SendResult.Misconfigured("403 Forbidden"));
        submit("b");
        submit("c");

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(transport.texts()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void findsTheOneEventThatIsRefusedAndDeliversTheOthers() throws Exception {
        String[] lines = new String[1000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "line " + i;
        }
        transport.usually(batch -> Runs.texts(batch).contains("line 617")
                ? new SendResult.Rejected("400 Bad Request")
                : SendResult.delivered());

        submit(lines);

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(transport.texts())
                .hasSize(999)
                .doesNotContain("line 617")
                .isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
        assertThat(deadLetters()).singleElement().asString().contains("400 Bad Request", "line 617");
        assertThat(resolved).hasSize(1000);
        assertThat(events.named("eventsRejected")).containsExactly("eventsRejected 1 400 Bad Request");
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(5));
    }

    @Test
    void givesEachEventItsOwnFate() throws Exception {
        transport.then(batch -> {
            BitSet delivered = new BitSet();
            delivered.set(0);
            delivered.set(3);
            return new SendResult.Partial(delivered, Map.of(1, "too old"), "2 of 5 not now", null);
        });

        submit("a", "b", "c", "d", "e");

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(Runs.texts(transport.sent().get(1))).containsExactly("c", "e");
        assertThat(deadLetters()).singleElement().asString().contains("too old");
        assertThat(resolved).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void losesNothingWhenATransportContradictsItself() throws Exception {
        transport.then(batch -> {
            BitSet delivered = new BitSet();
            delivered.set(1);
            delivered.set(700);
            return new SendResult.Partial(delivered, Map.of(1, "both", 99, "not there", -1, "nonsense"), "rest", null);
        });

        submit("a", "b");

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(Runs.texts(transport.sent().get(1))).containsExactly("a");
        assertThat(resolved).containsExactly("b", "a");
    }

    @Test
    void keepsRefusedEventsUntilTheDeadLettersCanBeWritten() throws Exception {
        Path obstacle = Files.writeString(state.resolve("dead-letters"), "a file where the folder should be");
        transport.usually(batch -> {
            BitSet delivered = new BitSet();
            Map<Integer, String> rejected = new HashMap<>();
            for (int i = 0; i < batch.size(); i++) {
                if (Runs.texts(batch).get(i).startsWith("good")) {
                    delivered.set(i);
                } else {
                    rejected.put(i, "bad");
                }
            }
            return new SendResult.Partial(delivered, rejected, "", null);
        });

        submit("good 1", "bad 1", "good 2", "bad 2");
        await().until(() -> events.named("deadLettersFailing").size() >= 3);
        assertThat(resolved).containsExactly("good 1", "good 2");
        Files.delete(obstacle);

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(resolved).containsExactlyInAnyOrder("good 1", "good 2", "bad 1", "bad 2");
        assertThat(deadLetters()).hasSize(2);
    }

    @Test
    void survivesABugInTheTransport() throws Exception {
        transport.then(batch -> {
            throw new IllegalStateException("oops");
        });

        submit("a");

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(events.named("transportBroken")).containsExactly("transportBroken oops");
    }

    @Test
    void doesNotHoldAPermitWhileABatchWaits() throws Exception {
        use(1, Duration.ofHours(1));
        transport.then(batch -> SendResult.retry("503"));

        submit("waits");
        submit("goes");

        await().until(() -> transport.texts().equals(List.of("goes")));
        assertThat(sender.unresolvedBatches()).isEqualTo(1);
    }

    @Test
    void sendsNoMoreAtOnceThanAllowed() throws Exception {
        use(2, Duration.ofMillis(1));
        CountDownLatch open = new CountDownLatch(1);
        List<Integer> atOnce = Collections.synchronizedList(new ArrayList<>());
        transport.usually(batch -> {
            atOnce.add(transport.sending());
            open.await();
            return SendResult.delivered();
        });

        for (int i = 0; i < 6; i++) {
            submit("line " + i);
        }
        await().until(() -> transport.sending() == 2);
        open.countDown();

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(atOnce).hasSize(6).allMatch(count -> count <= 2);
    }

    @Test
    void stopsThoughTheDestinationHangs() throws Exception {
        use(2, Duration.ofMillis(1));
        CountDownLatch never = new CountDownLatch(1);
        transport.usually(batch -> {
            never.await();
            return SendResult.delivered();
        });
        submit("a", "b");
        submit("c");
        await().until(() -> transport.sending() == 2);

        sender.stop(LONG);

        assertThat(transport.sending()).isZero();
        assertThat(sender.unresolvedBatches()).isEqualTo(2);
        assertThat(sender.unresolvedEvents()).isEqualTo(3);
        assertThat(resolved).isEmpty();
    }

    @Test
    void keepsTheOrderOfASourceThroughAnOutage() throws Exception {
        Settings settings =
                Settings.in(state).sendTasks(4).retryDelay(Duration.ofMillis(1)).ordering(Ordering.SOURCE);
        sender = sender(settings);
        Random random = new Random(7);
        transport.usually(batch -> {
            synchronized (random) {
                return random.nextInt(3) == 0 ? SendResult.retry("503") : SendResult.delivered();
            }
        });
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add("line " + i);
            Batch batch = Runs.batch(i + 1, Runs.at("s", 10L * i, "line " + i));
            sender.submit(batch, false);
        }

        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(resolved).isEqualTo(all);
    }
}
