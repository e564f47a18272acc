package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.QueueReader;
import dev.logagent.testkit.RabbitBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the broker does not take, and what it does not have. */
@ExtendWith(TestBroker.class)
@DisplayName("T44: what RabbitMQ refuses")
final class RabbitRefusalTest {

    private final RabbitBroker broker;

    RabbitRefusalTest(RabbitBroker broker) {
        this.broker = broker;
    }

    @Test
    void tellsUnroutableEventsFromOthers() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                Transport transport = transport(Map.of("exchange", scratch.name()))) {
            scratch.channel().queueUnbind(scratch.name(), scratch.name(), "#");
            scratch.channel().queueBind(scratch.name(), scratch.name(), "logs.error.*");

            SendResult result = transport.send(Batches.of("app1", "ERROR 1", "INFO 2", "ERROR 3", "INFO 4"));

            assertThat(result).isInstanceOfSatisfying(SendResult.Partial.class, partial -> {
                assertThat(partial.delivered()).isEqualTo(BitSet.valueOf(new long[] {0b0101}));
                assertThat(partial.rejected()).containsOnlyKeys(1, 3);
                assertThat(partial.rejected().get(1)).contains("unroutable", "'logs.info.app1'");
            });
        }
    }

    @Test
    void rejectsAllEventsOfAnUnroutableBatch() throws Exception {
        try (Transport transport = transport(Map.of("exchange", "", "routing_key", "no-such-queue"), Format.BATCH)) {
            assertThat(transport.send(Batches.of("app1", "1", "2", "3")))
                    .isInstanceOfSatisfying(SendResult.Partial.class, partial -> {
                        assertThat(partial.rejected()).containsOnlyKeys(0, 1, 2);
                        assertThat(partial.rejected().get(2)).contains("there is no queue 'no-such-queue'");
                    });
        }
    }

    @Test
    void letsTheBrokerDropUnroutableEventsOnlyWhenToldSo() throws Exception {
        try (Transport transport =
                transport(Map.of("exchange", "", "routing_key", "no-such-queue", "mandatory", false))) {
            assertThat(transport.send(Batches.of("app1", "dropped"))).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void sendsAgainWhatAFullQueueRefuses() throws Exception {
        try (Scratch scratch = new Scratch(broker, Map.of("x-max-length", 3, "x-overflow", "reject-publish"));
                Transport transport = transport(Map.of("exchange", scratch.name()))) {
            Batch batch = Batches.of("app1", Batches.numberedLines("line", 200));

            SendResult first = transport.send(batch);

            assertThat(first).isInstanceOfSatisfying(SendResult.Partial.class, partial -> {
                assertThat(partial.delivered().get(0)).isTrue();
                assertThat(partial.delivered().cardinality()).isLessThan(200);
                assertThat(partial.rejected()).isEmpty();
                assertThat(partial.retryReason()).contains("nack");
            });
            assertThat(transport.send(batch)).isInstanceOf(SendResult.Retry.class);
        }
    }

    @Test
    void rejectsOnlyTheMessageThatIsTooLarge() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                QueueReader reader = scratch.reader();
                Transport transport = transport(Map.of("exchange", scratch.name()), Format.RAW)) {
            String large = "x".repeat(RabbitBroker.MAX_MESSAGE_BYTES + 1);
            Batch batch = Batches.of("app1", "one", large, "three");

            SendResult.Partial result = (SendResult.Partial) transport.send(batch);

            assertThat(result.rejected()).containsOnlyKeys(1);
            assertThat(result.rejected().get(1)).contains("406", "message size");
            BitSet rest = new BitSet();
            rest.set(0, 3);
            rest.clear(1);
            rest.andNot(result.delivered());
            if (!rest.isEmpty()) {
                assertThat(transport.send(batch.select(rest))).isEqualTo(SendResult.delivered());
            }
            await().untilAsserted(() -> assertThat(reader.bodies()).contains("one", "three"));
        }
    }

    @Test
    void letsAWholeBatchThatIsTooLargeBeHalved() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                Transport transport =
                        transport(Map.of("exchange", scratch.name(), "routing_key", "all"), Format.BATCH)) {
            Batch batch = Batches.of("app1", "x".repeat(RabbitBroker.MAX_MESSAGE_BYTES), "short");

            assertThat(transport.send(batch)).isInstanceOf(SendResult.Rejected.class);
            assertThat(transport.send(batch.halves().get(1))).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void keepsEventsForAnExchangeThatDoesNotExistYet() throws Exception {
        String exchange = Scratch.unusedName();
        try (Scratch scratch = new Scratch(broker);
                Transport transport = transport(Map.of("exchange", exchange))) {
            Batch batch = Batches.of("app1", "kept");

            assertThat(transport.send(batch))
                    .isInstanceOfSatisfying(
                            SendResult.Misconfigured.class,
                            result -> assertThat(result.reason()).contains("'" + exchange + "'", "declare = true"));
            scratch.channel().exchangeDeclare(exchange, "topic", true);
            scratch.channel().queueBind(scratch.name(), exchange, "#");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(transport.send(batch)).isEqualTo(SendResult.delivered()));
        }
    }

    @Test
    void deliversTheOthersWhenOneExchangeIsMissing() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                Transport transport = transport(Map.of(
                        "exchange",
                        scratch.name(),
                        "rules",
                        List.of(Map.of("levels", List.of("ERROR"), "exchange", Scratch.unusedName()))))) {

            SendResult result = transport.send(Batches.of("app1", "INFO 1", "ERROR 2", "INFO 3"));

            assertThat(result).isInstanceOfSatisfying(SendResult.Partial.class, partial -> {
                assertThat(partial.delivered()).isEqualTo(BitSet.valueOf(new long[] {0b101}));
                assertThat(partial.rejected()).isEmpty();
                assertThat(partial.retryReason()).contains("there is no exchange");
            });
        }
    }

    @Test
    void noticesThatAnExchangeHasGone() throws Exception {
        try (Scratch scratch = new Scratch(broker);
                Transport transport = transport(Map.of("exchange", scratch.name()))) {
            assertThat(transport.send(Batches.of("app1", "before"))).isEqualTo(SendResult.delivered());
            scratch.channel().exchangeDelete(scratch.name());

            assertThat(transport.send(Batches.of("app1", "after")))
                    .isInstanceOfSatisfying(
                            SendResult.Misconfigured.class,
                            result -> assertThat(result.reason()).contains("404", scratch.name()));
        }
    }

    @Test
    void makesWhatIsMissingWhenToldSo() throws Exception {
        String name = Scratch.unusedName();
        Map<String, Object> options = Map.of(
                "exchange",
                name,
                "exchange_type",
                "direct",
                "routing_key",
                "{level}",
                "declare",
                true,
                "queues",
                List.of(Map.of("name", name, "arguments", Map.of("x-max-length", "2"))),
                "bindings",
                List.of(Map.of("queue", name, "routing_keys", List.of("info", "error"))));
        try (Transport transport = transport(options);
                Scratch scratch = new Scratch(broker)) {
            assertThat(transport.send(Batches.of("app1", "INFO 1", "ERROR 2", "INFO 3")))
                    .isEqualTo(SendResult.delivered());

            assertThat(scratch.channel().messageCount(name)).isEqualTo(2);
            scratch.channel().exchangeDeclare(name, "direct", true);
        }
    }

    @Test
    void usesAQueueThatWasDeclaredWithOtherArguments() throws Exception {
        Map<String, Object> arguments = Map.of("x-message-ttl", 60_000, "x-dead-letter-exchange", "elsewhere");
        try (Scratch scratch = new Scratch(broker, arguments);
                Transport transport = transport(Map.of(
                        "exchange", scratch.name(),
                        "exchange_type", "fanout",
                        "declare", true,
                        "queues", List.of(Map.of("name", scratch.name())),
                        "bindings", List.of(Map.of("queue", scratch.name(), "routing_keys", "logs.*.*"))))) {
            assertThat(transport.send(Batches.of("app1", "taken"))).isEqualTo(SendResult.delivered());

            AMQP.Queue.DeclareOk unchanged =
                    scratch.channel().queueDeclare(scratch.name(), true, false, false, arguments);
            assertThat(unchanged.getMessageCount()).isEqualTo(1);
        }
    }

    @Test
    void keepsEventsThatTheUserMayNotPublish() throws Exception {
        try (Scratch scratch = new Scratch(broker)) {
            String secret = "secret-" + scratch.name();
            scratch.channel().exchangeDeclare(secret, "topic", true);
            String endPoint =
                    "amqp://" + RabbitBroker.credentials(RabbitBroker.RESTRICTED_USER) + "@127.0.0.1:" + broker.port();
            try (Transport transport = Transports.rabbitmq(endPoint, Map.of("exchange", secret))) {
                assertThat(transport.send(Batches.of("app1", "kept")))
                        .isInstanceOfSatisfying(
                                SendResult.Misconfigured.class,
                                result -> assertThat(result.reason()).contains("403", RabbitBroker.RESTRICTED_USER));
            }
            try (Transport transport =
                    Transports.rabbitmq(endPoint, Map.of("exchange", Scratch.unusedName(), "declare", true))) {
                assertThat(transport.send(Batches.of("app1", "kept")))
                        .isInstanceOfSatisfying(
                                SendResult.Misconfigured.class,
                                result -> assertThat(result.reason()).contains("ACCESS_REFUSED"));
            }
        }
    }

    @Test
    void keepsEventsWhenTheBrokerRefusesUserOrVirtualHost() throws Exception {
        String wrongUser = "amqp://nobody:hunter2@127.0.0.1:" + broker.port();
        for (String endPoint : List.of(wrongUser, RabbitBroker.endPoint(broker.port(), "nowhere"))) {
            try (Transport transport = Transports.rabbitmq(endPoint, Map.of())) {
                assertThat(transport.send(Batches.of("app1", "kept")))
                        .isInstanceOfSatisfying(
                                SendResult.Misconfigured.class,
                                result -> assertThat(result.reason())
                                        .contains("refuses")
                                        .containsAnyOf("nobody", "nowhere")
                                        .doesNotContain("hunter2"));
                assertThatThrownBy(transport::check)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("refuses");
            }
        }
    }

    @Test
    void checkNamesTheExchangesThatAreMissing() throws Exception {
        String missing = Scratch.unusedName();
        try (Scratch scratch = new Scratch(broker);
                Transport transport = transport(Map.of("exchange", scratch.name()));
                Transport wrong = transport(Map.of("exchange", missing));
                Transport declaring = transport(Map.of("exchange", missing, "declare", true))) {
            assertThat(transport.check()).contains("RabbitMQ", "virtual host /", "'" + scratch.name() + "' is there");
            assertThat(declaring.check()).contains("'" + missing + "' will be made");
            assertThatThrownBy(wrong::check).isInstanceOf(IOException.class).hasMessageContaining(missing);
        }
    }

    private Transport transport(Map<String, Object> options) throws Exception {
        return transport(options, Format.EVENT);
    }

    private Transport transport(Map<String, Object> options, Format format) throws Exception {
        return Transports.rabbitmq(RabbitBroker.endPoint(broker.port(), "/"), options, format);
    }
}
