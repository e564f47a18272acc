package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Attempts;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import dev.logagent.testkit.SteadyLoad;
import dev.logagent.testkit.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Brokers and networks that go away, fall silent, or ask for patience. */
@ExtendWith(TestBroker.class)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisplayName("T44: RabbitMQ away or blocked")
final class RabbitOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How often the broker is killed and started again under load; more than a few take minutes. */
    private static final int KILLS = Integer.getInteger("rabbitmq.kills", 2);

    private final RabbitBroker broker;

    RabbitOutageTest(RabbitBroker broker) {
        this.broker = broker;
    }

    @Test
    void losesNothingWhenTheBrokerIsKilledUnderLoad() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                Transport transport = transport(broker.port(), Map.of("exchange", scratch.name()));
                SteadyLoad one = SteadyLoad.start(transport, "one");
                SteadyLoad other = SteadyLoad.start(transport, "other")) {
            for (int kill = 0; kill < KILLS; kill++) {
                awaitProgress(one, other);
                broker.kill();
                broker.restart();
            }
            awaitProgress(one, other);

            List<String> ofOne = one.stop();
            List<String> ofOther = other.stop();
            try (QueueReader reader = scratch.reader()) {
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(firsts(reader, "one")).isEqualTo(ofOne);
                    assertThat(firsts(reader, "other")).isEqualTo(ofOther);
                });
            }
        }
    }

    @Test
    void sendsAgainWhatWasOnItsWayWhenTheConnectionIsReset() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                TcpProxy proxy = TcpProxy.to(broker.port());
                Transport transport = transport(proxy.port(), Map.of("exchange", scratch.name()))) {
            assertThat(transport.send(Batches.of("app1", "before"))).isEqualTo(SendResult.delivered());
            proxy.stall();
            CompletableFuture<Object> outcome = Attempts.aside(transport, Batches.of("app1", "on its way"));
            proxy.awaitHeldBack();

            proxy.resetAll();

            assertThat(outcome.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            SendResult.Retry.class,
                            retry -> assertThat(retry.reason()).contains("broke"));
            proxy.resume();
            Attempts.deliver(transport, Batches.of("app1", "on its way"));
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
            Attempts.deliver(transport, Batches.of("app1", "heard"));
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

            assertThat(Attempts.aside(transport, big).get(20, TimeUnit.SECONDS)).isInstanceOf(SendResult.Retry.class);

            proxy.resume();
            Attempts.deliver(transport, Batches.of("app1", "heard"));
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
            Thread sender = new Thread(() -> outcome.complete(Attempts.outcomeOf(transport, big)), "sender");
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

            Attempts.deliver(transport, Batches.of("app1", "after"));
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
            Attempts.deliver(transport, Batches.of("app1", "one"));
            assertThat(transport.check()).contains(":" + first.port());

            first.refuse();

            Attempts.deliver(transport, Batches.of("app1", "two"));
            assertThat(transport.check()).contains(":" + second.port());
            second.refuse();
            // The first send may still find the connection as it breaks.
            await().untilAsserted(() -> assertThat(Attempts.outcomeOf(transport, Batches.of("app1", "three")))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(e.getMessage()).contains(":" + first.port(), ":" + second.port())));
        }
    }

    private static boolean isWriting(Thread sender) {
        return List.of(sender.getStackTrace()).stream()
                .anyMatch(frame -> frame.getClassName().contains("Socket")
                        && frame.getMethodName().toLowerCase(Locale.ROOT).contains("write"));
    }

    private static void awaitProgress(SteadyLoad... loads) {
        for (SteadyLoad load : loads) {
            load.awaitDelivered(10);
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
