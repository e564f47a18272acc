package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.RabbitBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Measures how many confirmed messages a second reach a local broker: a program, not a test.
 *
 * <pre>{@code
 * mvn -pl transport-rabbitmq -am test-compile dependency:build-classpath -Dmdep.outputFile=target/cp
 * cd transport-rabbitmq && java -cp target/classes:target/test-classes:$(cat target/cp) \
 *     dev.logagent.transport.rabbitmq.RabbitSpeed
 * }</pre>
 *
 * <p>With {@code -DperfTest=CLASSPATH} of RabbitMQ's own load tool {@code com.rabbitmq:perf-test}, that one runs in turn,
 * with messages of the same size and the same window, against the same broker.
 */
final class RabbitSpeed {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final int SECONDS = Integer.getInteger("seconds", 15);
    private static final int SENDERS = Integer.getInteger("senders", 4);
    private static final int EVENTS = Integer.getInteger("events", 1_000);
    private static final int WINDOW = Integer.getInteger("window", 1_000);
    private static final String QUEUE = "speed";

    private RabbitSpeed() {}

    public static void main(String[] args) throws Exception {
        try (RabbitBroker broker = RabbitBroker.start(TestBroker.newFolder(), List.of());
                Connection connection = broker.connect("/")) {
            Channel channel = connection.createChannel();
            channel.exchangeDeclare("logs", "topic", true);
            channel.queueDeclare(QUEUE, true, false, false, Map.of());
            channel.queueBind(QUEUE, "logs", "logs.#");
            String perfTest = System.getProperty("perfTest");
            for (int round = 1; round <= ROUNDS; round++) {
                System.out.printf("round %d: %,.0f messages/s%n", round, measure(broker));
                channel.queuePurge(QUEUE);
                if (perfTest != null) {
                    runPerfTest(broker, perfTest);
                    channel.queuePurge(QUEUE);
                }
            }
        }
    }

    private static double measure(RabbitBroker broker) throws Exception {
        Map<String, Object> options = Map.of("confirm_window", (long) WINDOW);
        try (Transport transport = Transports.rabbitmq(RabbitBroker.endPoint(broker.port(), "/"), options)) {
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(SECONDS);
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            List<Future<Long>> counts = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                Batch batch = batch("app" + sender);
                counts.add(senders.submit(() -> sendUntil(end, transport, batch)));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            senders.shutdown();
            return sum * 1e9 / (System.nanoTime() - start);
        }
    }

    private static long sendUntil(long end, Transport transport, Batch batch) throws Exception {
        long count = 0;
        while (System.nanoTime() < end) {
            SendResult result = transport.send(batch);
            if (!(result instanceof SendResult.Delivered)) {
                throw new IllegalStateException("not delivered: " + result);
            }
            count += batch.size();
        }
        return count;
    }

    /** Lines of about 180 bytes. */
    private static Batch batch(String source) {
        String line = "2024-01-15T10:30:00.123Z ERROR [worker-7] com.example.shop.Orders - cannot reserve item 4711 for"
                + " customer 0815: the warehouse did not answer within 2000 ms, attempt";
        return Batches.of(source, Batches.numberedLines(line, EVENTS));
    }

    private static void runPerfTest(RabbitBroker broker, String classPath) throws Exception {
        MessageMaker maker = new MessageMaker(
                Transports.context("amqp://127.0.0.1", Map.of(), Format.EVENT, Compression.NONE),
                Router.constant("logs", "logs.error.app0"));
        int size = maker.of(batch("app0")).make(0).body().length;
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath));
        command.addAll(List.of(
                "com.rabbitmq.perf.PerfTest",
                "--uri",
                RabbitBroker.endPoint(broker.port(), "/"),
                "--predeclared",
                "--exchange",
                "logs",
                "--routing-key",
                "logs.error.app0",
                "--flag",
                "persistent",
                "--flag",
                "mandatory",
                "--size",
                Integer.toString(size),
                "--confirm",
                Integer.toString(WINDOW),
                "--producers",
                Integer.toString(SENDERS),
                "--consumers",
                "0",
                "--time",
                Integer.toString(SECONDS)));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
