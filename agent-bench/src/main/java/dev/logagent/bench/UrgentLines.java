package dev.logagent.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long lines that cannot wait take from the append to the receiver, while other lines wait for a batch of a minute: those
 * of a source of high priority, and critical ones among the bulk.
 */
public final class UrgentLines {

    private static final int LINES = 300;
    private static final long EVERY_MILLIS = 50;
    private static final int BULK_LINES = 30;
    private static final Pattern MARK = Pattern.compile("urgent-(\\d+)-");

    private final Map<Integer, Long> arrivals = new ConcurrentHashMap<>();

    private UrgentLines() {}

    /**
     * Prints a row for each kind: milliseconds in the median, of the slowest hundredth, and at most.
     *
     * @param args the program's folder
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("urgent-lines");
        UrgentLines bench = new UrgentLines();
        HttpServer receiver = bench.receiver();
        try {
            Path config = configure(folder, receiver.getAddress().getPort());
            Process agent = new ProcessBuilder(
                            Path.of(args[0], "bin", "log-agent").toString(), "run", "--config", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            try {
                bench.warmUp(folder);
                bench.measure("a source of high priority", folder, folder.resolve("high.log"), "INFO");
                bench.measure("CRITICAL among the bulk", folder, folder.resolve("bulk.log"), "CRITICAL");
            } finally {
                agent.destroy();
                agent.waitFor();
            }
        } finally {
            receiver.stop(0);
            ParsingCost.delete(folder);
        }
    }

    /** Notes when each marked line arrives. */
    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
                long now = System.nanoTime();
                Matcher mark = MARK.matcher(body);
                while (mark.find()) {
                    arrivals.putIfAbsent(Integer.parseInt(mark.group(1)), now);
                }
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    private static Path configure(Path folder, int port) throws IOException {
        Files.createFile(folder.resolve("high.log"));
        Files.createFile(folder.resolve("bulk.log"));
        return Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "bench"
                end_point = "http://127.0.0.1:%d/"
                send_type = "HTTP"
                format = "event"
                interval_secs = 60
                max_batch_size = 65535
                start_at = "beginning"
                state_dir = '%2$s/state'

                [[sources]]
                name = "high"
                log_path = '%2$s/high.log'
                priority = "high"

                [[sources]]
                name = "bulk"
                log_path = '%2$s/bulk.log'
                """.formatted(port, folder));
    }

    private void warmUp(Path folder) throws IOException, InterruptedException {
        for (int mark = -1; !arrivals.containsKey(1_000_000); mark--) {
            append(folder.resolve("high.log"), "INFO urgent-1000000-warm");
            append(folder.resolve("bulk.log"), "INFO bulk " + mark);
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
    }

    private void measure(String what, Path folder, Path log, String level) throws IOException, InterruptedException {
        arrivals.clear();
        long[] appended = new long[LINES];
        for (int i = 0; i < LINES; i++) {
            append(
                    folder.resolve("bulk.log"),
                    line("INFO", "bulk line " + i + "\n").repeat(BULK_LINES).trim());
            appended[i] = System.nanoTime();
            append(log, line(level, "urgent-" + i + "-of " + LINES));
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
        while (arrivals.size() < LINES) {
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
        double[] millis = new double[LINES];
        for (int i = 0; i < LINES; i++) {
            millis[i] = (arrivals.getOrDefault(i, appended[i]) - appended[i]) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-26s %d lines: median %.1f ms, 99%% within %.1f ms, at most %.1f ms%n",
                what,
                LINES,
                millis[LINES / 2],
                millis[LINES * 99 / 100],
                millis[LINES - 1]);
    }

    private static String line(String level, String message) {
        return "2026-11-20 08:00:00.123 [main] " + level + " com.example.shop.Cart - " + message;
    }

    private static void append(Path log, String line) throws IOException {
        Files.writeString(log, line + "\n", StandardOpenOption.APPEND);
    }
}
