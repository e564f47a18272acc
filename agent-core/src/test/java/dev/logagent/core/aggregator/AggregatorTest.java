package dev.logagent.core.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.core.config.GlobalConfig.Ordering;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.sender.Sender;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Senders;
import dev.logagent.core.testing.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AggregatorTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path state;

    private final ScriptedTransport transport = new ScriptedTransport();
    private final FatalError fatal = new FatalError();

    private Sender sender(Settings settings) {
        return Senders.sender(settings, state, transport, new RecordingEvents(), batch -> {});
    }

    private Aggregator started(Settings settings, Sender sender) {
        Aggregator aggregator = new Aggregator(
                "aggregator",
                settings.global(),
                settings.global().interval(),
                Aggregator.Sink.inTurn(sender),
                new AtomicLong());
        sender.onArrival(aggregator::arrived);
        aggregator.start(fatal);
        return aggregator;
    }

    @Test
    void closesABatchWhenItHasEnoughLines() throws InterruptedException {
        Settings settings = Settings.in(state).batchSize(10).interval(Duration.ofHours(1));
        Sender sender = sender(settings);
        Aggregator aggregator = started(settings, sender);

        for (int i = 0; i < 25; i++) {
            aggregator.offer(Runs.at("s", i * 10L, "line " + i));
        }

        await().until(() -> transport.delivered().size() == 2);
        assertThat(transport.delivered()).allMatch(batch -> batch.size() == 10);
        aggregator.finish();
        assertThat(aggregator.awaitEnd(LONG)).isTrue();
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(transport.texts()).hasSize(25).last().isEqualTo("line 24");
        sender.stop(LONG);
    }

    @Test
    void aBatchThatWouldHaveToWaitGrows() throws InterruptedException {
        Settings settings = Settings.in(state).batchSize(10).grownBatchSize(50).interval(Duration.ofHours(1));
        Sender sender = sender(settings);
        CountDownLatch arrived = new CountDownLatch(1);
        transport.then(batch -> {
            arrived.await();
            return SendResult.delivered();
        });
        Aggregator aggregator = started(settings, sender);

        for (int i = 0; i < 10; i++) {
            aggregator.offer(Runs.at("s", i * 10L, "line " + i));
        }
        await().until(() -> sender.unresolvedBatches() == 1);
        for (int i = 10; i < 85; i++) {
            aggregator.offer(Runs.at("s", i * 10L, "line " + i));
        }
        await().until(() -> sender.unresolvedBatches() == 2);
        arrived.countDown();

        await().until(() -> transport.texts().size() == 85);
        assertThat(transport.delivered()).extracting(Batch::size).containsExactly(10, 50, 25);
        aggregator.finish();
        assertThat(aggregator.awaitEnd(LONG)).isTrue();
        sender.stop(LONG);
    }

    @Test
    void aBatchThatNeedNotWaitDoesNotGrow() throws InterruptedException {
        Settings settings = Settings.in(state)
                .batchSize(10)
                .grownBatchSize(50)
                .interval(Duration.ofHours(1))
                .ordering(Ordering.NONE)
                .sendTasks(1);
        Sender sender = sender(settings);
        Aggregator aggregator = started(settings, sender);

        for (int batch = 1; batch <= 5; batch++) {
            int number = batch;
            aggregator.offer(Runs.at("s", number * 100L, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
            await().until(() -> transport.delivered().size() == number);
        }
        aggregator.offer(Runs.at("s", 600, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"));
        await().until(() -> transport.delivered().size() == 6);

        assertThat(transport.delivered()).allMatch(batch -> batch.size() == 10);
        aggregator.finish();
        assertThat(aggregator.awaitEnd(LONG)).isTrue();
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        sender.stop(LONG);
    }

    @Test
    void closesABatchWhenItsFirstLineHasWaitedLongEnough() throws InterruptedException {
        Settings settings = Settings.in(state).interval(Duration.ofMillis(20));
        Sender sender = sender(settings);
        Aggregator aggregator = started(settings, sender);

        aggregator.offer(Runs.at("s", 0, "alone"));

        await().until(() -> transport.texts().equals(List.of("alone")));
        aggregator.finish();
        sender.stop(LONG);
    }

    @Test
    void numbersTheBatchesFromOne() throws InterruptedException {
        Settings settings = Settings.in(state).batchSize(1).sendTasks(1);
        Sender sender = sender(settings);
        Aggregator aggregator = started(settings, sender);

        aggregator.offer(Runs.at("s", 0, "a", "b", "c"));
        aggregator.finish();

        assertThat(aggregator.awaitEnd(LONG)).isTrue();
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(transport.delivered().stream().map(batch -> batch.number())).containsExactly(1L, 2L, 3L);
        sender.stop(LONG);
    }

    @Test
    void makesReadersWaitWhileTheDestinationIsSlow() throws Exception {
        Settings settings = Settings.in(state).batchSize(1).sendTasks(1).channelBound(2);
        CountDownLatch open = new CountDownLatch(1);
        transport.usually(batch -> {
            open.await();
            return SendResult.delivered();
        });
        Sender sender = sender(settings);
        Aggregator aggregator = started(settings, sender);
        List<String> offered = new ArrayList<>();
        CompletableFuture<Boolean> reader = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            boolean taken = true;
            for (int i = 0; i < 50; i++) {
                taken &= aggregator.awaitRoom(LONG) && aggregator.offer(Runs.at("s", i * 10L, "line " + i));
                synchronized (offered) {
                    offered.add("line " + i);
                }
            }
            reader.complete(taken);
        });
        thread.start();
        await().until(() -> sender.unresolvedBatches() == 2);

        synchronized (offered) {
            assertThat(offered.size()).isLessThan(10);
        }
        open.countDown();
        assertThat(reader.get()).isTrue();
        aggregator.finish();
        assertThat(aggregator.awaitEnd(LONG)).isTrue();
        assertThat(sender.awaitEmpty(LONG)).isTrue();
        assertThat(transport.texts()).isEqualTo(offered);
        sender.stop(LONG);
    }

    @Test
    void letsABatchGrowWhileItWouldHaveToWaitForAnEarlierOne() throws Exception {
        Settings settings =
                Settings.in(state).batchSize(1000).interval(Duration.ZERO).channelBound(1);
        CountDownLatch open = new CountDownLatch(1);
        transport.usually(batch -> {
            open.await();
            return SendResult.delivered();
        });
        Sender sender = sender(settings);
        Aggregator aggregator = started(settings, sender);
        aggregator.offer(Runs.at("s", 0, "first"));
        await().until(() -> transport.sending() == 1);

        for (int i = 1; i < 200; i++) {
            assertThat(aggregator.awaitRoom(LONG)).isTrue();
            aggregator.offer(Runs.at("s", i * 10L, "line " + i));
        }
        open.countDown();

        await().until(() -> transport.texts().size() == 200);
        assertThat(transport.delivered().size()).isLessThan(20);
        assertThat(transport.texts()).startsWith("first", "line 1").endsWith("line 198", "line 199");
        aggregator.finish();
        sender.stop(LONG);
    }

    @Test
    void sendsABatchThatHasGrownForLongThoughItHasToWait() throws Exception {
        Settings settings = Settings.in(state).batchSize(1000).interval(Duration.ZERO);
        CountDownLatch never = new CountDownLatch(1);
        transport.usually(batch -> {
            never.await();
            return SendResult.delivered();
        });
        Sender sender = sender(settings);
        Aggregator aggregator = started(settings, sender);
        aggregator.offer(Runs.at("s", 0, "first"));
        await().until(() -> transport.sending() == 1);

        aggregator.offer(Runs.at("s", 10, "second"));

        await().until(() -> sender.unresolvedBatches() == 2);
        aggregator.finish();
        sender.stop(LONG);
    }

    @Test
    void takesNoMoreRunsAfterItsEnd() throws InterruptedException {
        Settings settings = Settings.in(state);
        Sender sender = sender(settings);
        Aggregator aggregator = started(settings, sender);

        aggregator.finish();

        assertThat(aggregator.offer(Runs.at("s", 0, "late"))).isFalse();
        assertThat(aggregator.awaitEnd(LONG)).isTrue();
        sender.stop(LONG);
    }
}
