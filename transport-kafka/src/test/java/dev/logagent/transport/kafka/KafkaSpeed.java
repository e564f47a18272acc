package dev.logagent.transport.kafka;

import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.KafkaBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Compares the transport with Kafka's own {@code ProducerPerformance}: same broker, same client, same settings, same
 * payloads, same kind of JVM with a heap of 64 MB, turn by turn; and once more with the transport's own key and headers,
 * which the tool does not have. The tool sends ready payloads, the transport encodes events. Not a test, since it judges
 * by time. Run {@code main} with the test class path of this module; prints records confirmed per second.
 */
final class KafkaSpeed {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int RECORDS = Integer.getInteger("records", 3_000_000);
    private static final String TOPIC = "speed";
    private static final int SENDERS = 4;
    private static final int BATCH = 1_000;
    private static final Pattern RATE = Pattern.compile("([0-9.]+) records/sec");

    private KafkaSpeed() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            send(arguments[0], arguments[1], arguments.length > 2);
            return;
        }
        // Goes with the next mvn clean; hundreds of megabytes.
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "kafka-speed-")
                .toAbsolutePath();
        Path payloads = writePayloads(folder.resolve("payloads"));
        try (KafkaBroker broker = KafkaBroker.start(folder, Map.of("log.segment.delete.delay.ms", "0"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            Map<String, String[]> contestants = new LinkedHashMap<>();
            contestants.put("tool", tool(broker.address(), payloads));
            contestants.put(
                    "same settings", new String[] {KafkaSpeed.class.getName(), broker.address(), TOPIC, "bare"});
            contestants.put("defaults", new String[] {KafkaSpeed.class.getName(), broker.address(), TOPIC});
            Map<String, List<Double>> rates = new LinkedHashMap<>();
            // The first round warms the broker up.
            for (int round = 0; round <= ROUNDS; round++) {
                for (Map.Entry<String, String[]> contestant : contestants.entrySet()) {
                    admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1)))
                            .all()
                            .get();
                    double rate = rate(java(contestant.getValue()));
                    admin.deleteTopics(List.of(TOPIC)).all().get();
                    System.out.printf("round %d: %s %,.0f/s%n", round, contestant.getKey(), rate);
                    if (round > 0) {
                        rates.computeIfAbsent(contestant.getKey(), name -> new ArrayList<>())
                                .add(rate);
                    }
                }
            }
            double tool = median(rates.getOrDefault("tool", List.of()));
            rates.forEach((name, all) ->
                    System.out.printf("median: %s %,.0f/s, %.2f of the tool%n", name, median(all), median(all) / tool));
        }
    }

    private static String[] tool(String address, Path payloads) {
        return new String[] {
            "org.apache.kafka.tools.ProducerPerformance",
            "--topic",
            TOPIC,
            "--num-records",
            Integer.toString(RECORDS),
            "--throughput",
            "-1",
            "--payload-file",
            payloads.toString(),
            "--producer-props",
            "bootstrap.servers=" + address,
            "acks=all",
            "enable.idempotence=true",
            "linger.ms=" + byDefault("linger_ms"),
            "batch.size=" + byDefault("batch_bytes"),
            "buffer.memory=" + byDefault("buffer_bytes"),
            "max.in.flight.requests.per.connection=" + byDefault("in_flight_requests"),
            "enable.metrics.push=false"
        };
    }

    private static Object byDefault(String option) {
        return Objects.requireNonNull(KafkaOptions.TABLE.specs().stream()
                .filter(spec -> spec.key().equals(option))
                .findFirst()
                .orElseThrow()
                .defaultValue());
    }

    /** Sends from as many threads as the agent does, and prints the rate. */
    private static void send(String address, String topic, boolean bare) throws Exception {
        Map<String, Object> options =
                bare ? Map.of("topic", topic, "key", "", "headers", Map.of()) : Map.of("topic", topic);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (Transport transport = Transports.kafka(address, options)) {
            List<Future<?>> work = new ArrayList<>();
            long start = System.nanoTime();
            for (int sender = 0; sender < SENDERS; sender++) {
                Batch batch = batch("source-" + sender);
                work.add(senders.submit(() -> {
                    for (int sent = 0; sent < RECORDS / SENDERS; sent += BATCH) {
                        if (!(transport.send(batch) instanceof SendResult.Delivered)) {
                            throw new IllegalStateException("not delivered");
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> sender : work) {
                sender.get();
            }
            System.out.println(RECORDS / ((System.nanoTime() - start) / 1e9) + " records/sec");
        } finally {
            senders.shutdownNow();
        }
    }

    private static Path writePayloads(Path file) throws IOException {
        JsonBuffer json = new JsonBuffer(1 << 20);
        PayloadEncoder.of(Format.EVENT).encode(batch("source-0"), json);
        try (OutputStream out = Files.newOutputStream(file)) {
            json.writeTo(out);
        }
        return file;
    }

    private static Batch batch(String source) {
        List<byte[]> lines = Batches.numberedLines("2026-01-15 10:30:00 INFO " + "x".repeat(150), BATCH).stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
        LineRun old = Batches.run(SourceInfo.named(source), lines);
        int[] starts = new int[BATCH + 1];
        for (int i = 0; i < BATCH; i++) {
            starts[i] = old.start(i);
        }
        starts[BATCH] = (int) old.endOffset();
        // Read just now: old records would be deleted.
        LineRun run = new LineRun(
                old.source(),
                new FileInfo("/var/log/" + source + ".log", 1),
                System.currentTimeMillis(),
                old.bytes(0),
                starts,
                BATCH,
                0,
                false);
        return new Batch("agent1", 1, List.of(run));
    }

    private static String java(String... mainAndArguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Drecords=" + RECORDS,
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(mainAndArguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return output;
    }

    /** The last rate in the output: that of the whole run. */
    private static double rate(String output) {
        Matcher rates = RATE.matcher(output);
        double last = 0;
        while (rates.find()) {
            last = Double.parseDouble(rates.group(1));
        }
        return last;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
