package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import dev.logagent.testkit.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Brokers and networks that go away, fall silent, or ask for patience. */
@ExtendWith(TestBroker.class)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RabbitOutageTest {

    /** The common pool has a single thread on a small machine, and a process's end is told there, too. */
    private static final Executor OWN_THREAD = task -> new Thread(task, "test").start();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How often the broker is killed and started again under load; more than a few take minutes. */
    private static final int KILLS = Integer.getInteger("rabbitmq.kills", 2);

    private final RabbitBroker broker;

    RabbitOutageTest(RabbitBroker broker) {
        this.broker = broker;
    }

    @Test
    void losesNothingWhenTheBrokerIsKilledUnderLoad() throws Exception {
        String queue;
        try (Scratch scratch = new Scratch(broker)) {
            queue = scratch.name();
        }
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService senders = Executors.newFixedThreadPool(2);
        try (Transport transport = transport(broker.port(), Map.of("exchange", queue))) {
            List<Future<List<String>>> sent = new ArrayList<>();
            for (int sender = 0; sender < 2; sender++) {
                String source = "sender-" + sender;
                sent.add(senders.submit(() -> sendUntil(stop, transport, source)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                awaitMessages(queue);
                broker.kill();
                broker.restart();
            }
            awaitMessages(queue);
            stop.set(true);

            try (QueueReader reader = new QueueReader(broker, "/", queue)) {
                for (int sender = 0; sender < 2; sender++) {
                    String source = "sender-" + sender;
                    List<String> expected = sent.get(sender).get();
                    await().atMost(PATIENCE)
                            .untilAsserted(
                                    () -> assertThat(firsts(reader, source)).isEqualTo(expected));
                }
            }
        } finally {
            stop.set(true);
            senders.shutdownNow();
        }
    }

    @Test
    void sendsAgainWhatWasOnItsWayWhenTheConnectionIsReset() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                TcpProxy proxy = TcpProxy.to(broker.port());
                Transport transport = transport(proxy.port(), Map.of("exchange", scratch.name()))) {
            assertThat(transport.send(Batches.of("app1", "before"))).isEqualTo(SendResult.delivered());
            proxy.stall();
            CompletableFuture<Object> outcome = sendAside(transport, Batches.of("app1", "on its way"));
            proxy.awaitHeldBack();

            proxy.resetAll();

            assertThat(outcome.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            SendResult.Retry.class,
                            retry -> assertThat(retry.reason()).contains("broke"));
            proxy.resume();
            deliver(transport, Batches.of("app1", "on its way"));
        }
    }

    @Test
    void givesUpASilentConnectionAndMakesAnother() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                TcpProxy proxy = TcpProxy.to(broker.port());
                Transport transport =
                        transport(proxy.port(), Map.of("exchange", scratch.name(), "confirm_timeout_ms", 1_000L))) {
            assertThat(transport.send(Batches.of("app1", "before"))).isEqualTo(SendResult.delivered());
            proxy.stall();

            assertThat(transport.send(Batches.of("app1", "unheard")))
                    .isInstanceOfSatisfying(
                            SendResult.Retry.class,
                            retry -> assertThat(retry.reason()).contains("confirmed nothing for 1000 ms"));

            proxy.resume();
            deliver(transport, Batches.of("app1", "heard"));
        }
    }

    @Test
    void givesUpASocketThatTakesNoMoreBytes() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                TcpProxy proxy = TcpProxy.to(broker.port());
                Transport transport = transport(
                        proxy.port(),
                        Map.of("exchange", scratch.name(), "confirm_timeout_ms", 1_000L, "confirm_window", 65_535L))) {
            assertThat(transport.send(Batches.of("app1", "before"))).isEqualTo(SendResult.delivered());
            proxy.stall();
            Batch big = Batches.of("app1", Batches.numberedLines("x".repeat(10_000), 2_000));

            assertThat(sendAside(transport, big).get(20, TimeUnit.SECONDS)).isInstanceOf(SendResult.Retry.class);

            proxy.resume();
            deliver(transport, Batches.of("app1", "heard"));
        }
    }

    @Test
    void canBeInterruptedWhileTheSocketTakesNoMoreBytes() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                TcpProxy proxy = TcpProxy.to(broker.port());
                Transport transport =
                        transport(proxy.port(), Map.of("exchange", scratch.name(), "confirm_window", 65_535L))) {
            assertThat(transport.send(Batches.of("app1", "before"))).isEqualTo(SendResult.delivered());
            proxy.stall();
            Batch big = Batches.of("app1", Batches.numberedLines("x".repeat(10_000), 2_000));
            CompletableFuture<Object> outcome = new CompletableFuture<>();
            Thread sender = new Thread(() -> outcome.complete(outcomeOf(transport, big)), "sender");
            sender.start();
            await().until(() -> isWriting(sender));

            sender.interrupt();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void waitsWhileTheBrokerBlocksPublishers() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                Transport transport =
                        transport(broker.port(), Map.of("exchange", scratch.name(), "confirm_timeout_ms", 1_000L))) {
            assertThat(transport.send(Batches.of("app1", "before"))).isEqualTo(SendResult.delivered());
            broker.control("set_vm_memory_high_watermark", "0.000001");
            try {
                await().atMost(PATIENCE).untilAsserted(() -> {
                    SendResult result = transport.send(Batches.of("app1", "blocked"));
                    assertThat(result)
                            .isInstanceOfSatisfying(
                                    SendResult.Retry.class,
                                    retry -> assertThat(retry.reason()).contains("connection.blocked", "memory"));
                });
            } finally {
                broker.control("set_vm_memory_high_watermark", "0.4");
            }

            deliver(transport, Batches.of("app1", "after"));
        }
    }

    @Test
    void goesOnWithTheNextHost() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                TcpProxy first = TcpProxy.to(broker.port());
                TcpProxy second = TcpProxy.to(broker.port());
                Transport transport = Transports.rabbitmq(
                        "amqp://" + RabbitBroker.credentials(RabbitBroker.USER) + "@127.0.0.1:" + first.port()
                                + ",127.0.0.1:" + second.port(),
                        Map.of("exchange", scratch.name()))) {
            deliver(transport, Batches.of("app1", "one"));
            assertThat(transport.check()).contains(":" + first.port());

            first.refuse();

            deliver(transport, Batches.of("app1", "two"));
            assertThat(transport.check()).contains(":" + second.port());
            second.refuse();
            // The first send may still find the connection as it breaks.
            await().untilAsserted(() -> assertThat(outcomeOf(transport, Batches.of("app1", "three")))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(e.getMessage()).contains(":" + first.port(), ":" + second.port())));
        }
    }

    /** Sends numbered lines in small batches, repeats what was not delivered before it goes on, and gives all lines. */
    private static List<String> sendUntil(AtomicBoolean stop, Transport transport, String source) {
        List<String> sent = new ArrayList<>();
        for (int batch = 0; !stop.get(); batch++) {
            List<String> lines = Batches.numberedLines(source + " batch " + batch, 50);
            deliver(transport, Batches.of(source, lines));
            sent.addAll(lines);
        }
        return sent;
    }

    /** Does as the agent does, until everything is delivered. */
    private static void deliver(Transport transport, Batch batch) {
        Map<String, Batch> left = new HashMap<>(Map.of("batch", batch));
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    Batch rest = left.getOrDefault("batch", batch);
                    Object outcome = outcomeOf(transport, rest);
                    if (outcome instanceof SendResult.Partial partial) {
                        BitSet open = new BitSet();
                        open.set(0, rest.size());
                        open.andNot(partial.delivered());
                        left.put("batch", rest.select(open));
                    }
                    return outcome instanceof SendResult.Delivered;
                });
    }

    private static CompletableFuture<Object> sendAside(Transport transport, Batch batch) {
        return CompletableFuture.supplyAsync(() -> outcomeOf(transport, batch), OWN_THREAD);
    }

    /** The result, or the exception. */
    private static Object outcomeOf(Transport transport, Batch batch) {
        try {
            return transport.send(batch);
        } catch (IOException | InterruptedException e) {
            return e;
        }
    }

    private static boolean isWriting(Thread sender) {
        return List.of(sender.getStackTrace()).stream()
                .anyMatch(frame -> frame.getClassName().contains("Socket")
                        && frame.getMethodName().toLowerCase(Locale.ROOT).contains("write"));
    }

    private void awaitMessages(String queue) {
        long before = count(queue);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> count(queue) > before + 500);
    }

    private long count(String queue) {
        try (var connection = broker.connect("/")) {
            return connection.createChannel().messageCount(queue);
        } catch (Exception e) {
            throw new AssertionError("cannot count the messages of " + queue, e);
        }
    }

    /** The lines of a source without repeats, in the order in which each came first. */
    private static List<String> firsts(QueueReader reader, String source) throws IOException {
        return reader.messages().stream()
                .filter(message -> message.startsWith(source + " "))
                .distinct()
                .toList();
    }

    private static Transport transport(int port, Map<String, Object> options) throws Exception {
        return Transports.rabbitmq(RabbitBroker.endPoint(port, "/"), options);
    }
}
