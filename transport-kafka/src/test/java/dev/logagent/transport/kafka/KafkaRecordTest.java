package dev.logagent.transport.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logagent.api.Batch;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.Format;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KafkaRecordTest {

    private static final SourceInfo WEB =
            new SourceInfo("web", "Shop/Front", "cart", "host1", "eu", null, Map.of("team", "blue"));

    private final TestCluster cluster = TestCluster.get();
    private final String address = cluster.broker().address();

    @Test
    void carriesTheEventUnderItsSourceWithItsIdAndTime() throws Exception {
        String topic = cluster.newTopic();
        Batch batch = Batches.of("app1", "ERROR first", "second");

        deliver(batch, Map.of("topic", topic));

        List<ConsumerRecord<byte[], byte[]>> records = read(topic);
        assertThat(records).hasSize(2);
        for (int i = 0; i < 2; i++) {
            ConsumerRecord<byte[], byte[]> read = records.get(i);
            LogEvent event = batch.events().get(i);
            assertThat(new String(read.key(), UTF_8)).isEqualTo("app1");
            assertThat(read.timestamp()).isEqualTo(Batches.DETECTED_AT_MILLIS);
            assertThat(header(read, "event-id")).isEqualTo(event.id());
            assertThat(header(read, "content-type")).isEqualTo("application/json");
            JsonNode json = TopicReader.event(read);
            assertThat(json.get("id").textValue()).isEqualTo(event.id());
            assertThat(json.get("message").textValue()).isEqualTo(event.text());
            assertThat(json.get("level").textValue()).isEqualTo(event.level().name());
            assertThat(json.has("routing_key")).isFalse();
        }
    }

    @Test
    void fillsTopicKeyAndHeadersFromTheEvent() throws Exception {
        cluster.create("logs.shop_front.error-blue", Map.of());
        cluster.create("logs.shop_front.info-blue", Map.of());

        deliver(
                web("ERROR one", "fine"),
                Map.of(
                        "topic", "logs.{service}.{level}-{metadata.team}",
                        "key", "{region}/{component}/{metadata.none}",
                        "headers", Map.of("from", "{agent} on {host} in {file} at {offset}: {message}")));

        ConsumerRecord<byte[], byte[]> error =
                read("logs.shop_front.error-blue").get(0);
        ConsumerRecord<byte[], byte[]> info = read("logs.shop_front.info-blue").get(0);
        assertThat(new String(error.key(), UTF_8)).isEqualTo("eu/cart/unknown");
        assertThat(header(error, "from")).isEqualTo("agent1 on host1 in /var/log/web.log at 0: ERROR one");
        assertThat(header(info, "from")).isEqualTo("agent1 on host1 in /var/log/web.log at 10: fine");
        assertThat(error.headers().toArray()).hasSize(1);
    }

    @Test
    void sendsWithoutAKeyWhenTheTemplateIsEmpty() throws Exception {
        String topic = cluster.newTopic();

        deliver(Batches.of("app1", "one"), Map.of("topic", topic, "key", ""));

        assertThat(read(topic))
                .singleElement()
                .satisfies(read -> assertThat(read.key()).isNull());
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"BATCH", "RAW"})
    void sendsOneEventARecordInTheOtherFormatsToo(Format format) throws Exception {
        String topic = cluster.newTopic();

        try (Transport transport = Transports.kafka(address, Map.of("topic", topic), format, Compression.NONE)) {
            assertThat(transport.send(Batches.of("app1", "one", "two"))).isEqualTo(SendResult.delivered());
        }

        List<String> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : read(topic)) {
            JsonNode source = TopicReader.event(read).get("sources").get(0);
            assertThat(source.get("sourceName").textValue()).isEqualTo("app1");
            assertThat(source.get("logs")).hasSize(1);
            lines.add(source.get("logs").get(0).get("data").textValue());
        }
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void compressesWithGzip() throws Exception {
        String topic = cluster.newTopic();
        List<String> lines = Batches.numberedLines("much the same again and again", 2_000);

        try (Transport transport = Transports.kafka(address, Map.of("topic", topic), Format.EVENT, Compression.GZIP)) {
            assertThat(transport.send(Batches.of("app1", lines))).isEqualTo(SendResult.delivered());
        }

        try (TopicReader reader = new TopicReader(address, topic)) {
            assertThat(reader.lines("app1")).isEqualTo(lines);
        }
        assertThat(cluster.storedBytes(topic)).isLessThan(150_000);
    }

    @Test
    void acceptsAnEndPointWithSchemeAndSeveralBrokersOfWhichOneIsAway() throws Exception {
        String topic = cluster.newTopic();

        try (Transport transport = Transports.kafka("kafka://127.0.0.1:1," + address, Map.of("topic", topic))) {
            assertThat(transport.send(Batches.of("app1", "one"))).isEqualTo(SendResult.delivered());
        }

        assertThat(read(topic)).hasSize(1);
    }

    @Test
    void checkNamesClusterAndTopic() throws Exception {
        String topic = cluster.newTopic();

        try (Transport there = Transports.kafka(address, Map.of("topic", topic));
                Transport missing = Transports.kafka(address, Map.of("topic", "no-such-topic"));
                Transport varying = Transports.kafka(address, Map.of("topic", "logs.{level}"))) {
            assertThat(there.check()).contains(address, "1 broker", topic, "3 partitions");
            assertThat(missing.check()).contains("no topic 'no-such-topic'");
            assertThat(varying.check()).contains("1 broker").doesNotContain("topic");
        }
    }

    private static Batch web(String... lines) {
        return new Batch(
                "agent1",
                1,
                List.of(Batches.run(
                        WEB, Stream.of(lines).map(line -> line.getBytes(UTF_8)).toList())));
    }

    private void deliver(Batch batch, Map<String, Object> options) throws Exception {
        try (Transport transport = Transports.kafka(address, options)) {
            assertThat(transport.send(batch)).isEqualTo(SendResult.delivered());
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (TopicReader reader = new TopicReader(address, topic)) {
            return reader.records();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> read, String name) {
        return new String(read.headers().lastHeader(name).value(), UTF_8);
    }
}
