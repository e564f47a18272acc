package dev.logagent.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.TopicReader;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

final class KafkaOutcomeTest {

    private final TestCluster cluster = TestCluster.get();
    private final String address = cluster.broker().address();

    @Test
    void rejectsOnlyTheEventThatIsTooLargeForARequest() throws Exception {
        String topic = cluster.newTopic();
        Batch batch = Batches.of("app1", "small", "x".repeat(60_000), "small too");

        SendResult result =
                send(batch, Map.of("topic", topic, "max_request_bytes", 100_000L, "in_flight_requests", 1L));

        assertRejectedOnly(result, 1, 3, "max_request_bytes");
        assertThat(lines(topic)).containsExactly("small", "small too");
    }

    @Test
    void rejectsOnlyTheEventThatIsTooLargeForTheTopic() throws Exception {
        cluster.create("narrow", Map.of("max.message.bytes", "50000"));
        Batch batch = Batches.of("app1", "small", "x".repeat(60_000), "small too");

        // The topic is so new that its leader may not be ready, see in_flight_requests.
        SendResult result = send(batch, Map.of("topic", "narrow", "in_flight_requests", 1L));

        assertRejectedOnly(result, 1, 3, "max.message.bytes");
        assertThat(lines("narrow")).containsExactly("small", "small too");
    }

    @Test
    void rejectsOnlyTheEventThatTheTopicCannotPlace() throws Exception {
        cluster.create("compacted", Map.of("cleanup.policy", "compact"));

        SendResult result = send(Batches.of("app1", "no key"), Map.of("topic", "compacted", "key", ""));

        assertRejectedOnly(result, 0, 1, "InvalidRecord");
    }

    @Test
    void callsAMissingTopicTheOperatorsMistake() throws Exception {
        SendResult result = send(Batches.of("app1", "one", "two"), Map.of("topic", "missing"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        SendResult.Misconfigured.class,
                        misconfigured -> assertThat(misconfigured.reason()).contains("missing", "does not exist"));
    }

    @Test
    void deliversWhatHasATopicAndKeepsTheRest() throws Exception {
        cluster.create("level-error", Map.of());

        SendResult result = send(Batches.of("app1", "ERROR a", "b", "ERROR c", "d"), Map.of("topic", "level-{level}"));

        BitSet delivered = new BitSet();
        delivered.set(0);
        delivered.set(2);
        assertThat(result).isInstanceOfSatisfying(SendResult.Partial.class, partial -> {
            assertThat(partial.delivered()).isEqualTo(delivered);
            assertThat(partial.rejected()).isEmpty();
            assertThat(partial.retryReason()).contains("level-info", "does not exist");
        });
        assertThat(lines("level-error")).containsExactly("ERROR a", "ERROR c");
    }

    @Test
    void sendsTheRestAsSoonAsItsTopicIsThere() throws Exception {
        try (Transport transport = Transports.kafka(address, Transports.impatient(Map.of("topic", "late")))) {
            assertThat(transport.send(Batches.of("app1", "one"))).isInstanceOf(SendResult.Misconfigured.class);
            cluster.create("late", Map.of());
            assertThat(transport.send(Batches.of("app1", "one"))).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void triesAgainWhenAHostHasNoAddress() throws Exception {
        try (Transport transport = Transports.kafka("no-such-host.invalid:9092", Transports.IMPATIENT)) {
            assertThat(transport.send(Batches.of("app1", "one"))).isInstanceOf(SendResult.Retry.class);
        }
    }

    @Test
    void tellsFailuresApart() {
        KafkaOutcome outcome = new KafkaOutcome(new Bootstrap(List.of("host:1")), true);

        assertThat(outcome.of(new TimeoutException("slow"))).matches(KafkaOutcomeTest::isPlainRetry);
        assertThat(outcome.of(new NotEnoughReplicasException("two"))).matches(KafkaOutcomeTest::isPlainRetry);
        for (Exception fatal : List.of(
                new ProducerFencedException("fenced"),
                new InvalidProducerEpochException("old"),
                new OutOfOrderSequenceException("gap"),
                new KafkaException("in an error state"),
                new IllegalStateException("closed"))) {
            assertThat(outcome.of(fatal))
                    .matches(fate -> fate.kind() == Fate.Kind.RETRY && fate.producerIsLost(), fatal.toString());
        }
        assertThat(outcome.of(new ClusterAuthorizationException("no")))
                .matches(fate -> fate.kind() == Fate.Kind.MISCONFIGURED && fate.producerIsLost());
        assertThat(outcome.of(new TopicAuthorizationException("no")))
                .matches(fate -> fate.kind() == Fate.Kind.MISCONFIGURED && !fate.producerIsLost());
    }

    @Test
    void keepsReasonsShortAndPrintable() {
        KafkaOutcome outcome = new KafkaOutcome(new Bootstrap(List.of("host:1")), true);

        assertThat(outcome.of(new TimeoutException("a\n\u001b[31mb" + "x".repeat(1_000)))
                        .reason())
                .startsWith("host:1: Timeout: a [31mbx")
                .hasSizeLessThan(420);
    }

    private static boolean isPlainRetry(Fate fate) {
        return fate.kind() == Fate.Kind.RETRY && !fate.producerIsLost();
    }

    private SendResult send(Batch batch, Map<String, Object> options) throws Exception {
        try (Transport transport = Transports.kafka(address, Transports.impatient(options))) {
            return transport.send(batch);
        }
    }

    private List<String> lines(String topic) throws Exception {
        try (TopicReader reader = new TopicReader(address, topic)) {
            return reader.lines("app1");
        }
    }

    private static void assertRejectedOnly(SendResult result, int event, int size, String reason) {
        BitSet delivered = new BitSet();
        delivered.set(0, size);
        delivered.clear(event);
        assertThat(result).isInstanceOfSatisfying(SendResult.Partial.class, partial -> {
            assertThat(partial.delivered()).isEqualTo(delivered);
            assertThat(partial.rejected()).containsOnlyKeys(event);
            assertThat(partial.rejected().get(event)).contains(reason);
        });
    }
}
