package dev.logagent.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What parsing costs the whole program, in pairs: {@code run --once} over a million equal lines as they are, and parsed.
 * Processor seconds, the program's start included.
 */
public final class ParsingCost {

    private static final int BYTES = 150_000_000;
    private static final int MOST_LINES = 1_000_000;

    private final Path program;
    private final Path folder;
    private final int port;

    private ParsingCost(Path program, Path folder, int port) {
        this.program = program;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Prints a row for each format: processor seconds plain and parsed, and their ratio.
     *
     * @param args the program's folder, the payload's format ({@code event} or {@code batch}), the number of pairs, and the
     *     names of samples (all if there are none)
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        HttpServer receiver = receiver();
        Path folder = Files.createTempDirectory("parsing-cost");
        try {
            ParsingCost cost = new ParsingCost(
                    Path.of(args[0]).toAbsolutePath(),
                    folder,
                    receiver.getAddress().getPort());
            List<Sample> samples = args.length == 3
                    ? List.of(Sample.values())
                    : Arrays.stream(args).skip(3).map(Sample::valueOf).toList();
            for (Sample sample : samples) {
                cost.compare(sample, args[1], Integer.parseInt(args[2]));
            }
        } finally {
            receiver.stop(0);
            delete(folder);
        }
    }

    /** Confirms everything and looks at nothing. */
    private static HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        byte[] scratch = new byte[1 << 16];
        server.createContext("/", exchange -> {
            try (exchange) {
                while (exchange.getRequestBody().read(scratch) >= 0) {}
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    private void compare(Sample sample, String format, int pairs) throws IOException, InterruptedException {
        Path log = folder.resolve(sample.parser() + ".log");
        int events = write(log, sample);
        double[] plain = new double[pairs];
        double[] parsed = new double[pairs];
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            plain[i] = seconds(sample, format, log, false);
            parsed[i] = seconds(sample, format, log, true);
            ratios[i] = parsed[i] / plain[i];
        }
        Files.delete(log);
        System.out.printf(
                Locale.ROOT,
                "%-12s %-6s %,9d events of %3d bytes: plain %5.2f s, parsed %5.2f s, %.2f times%n",
                sample,
                format,
                events,
                sample.line().length(),
                median(plain),
                median(parsed),
                median(ratios));
    }

    private static int write(Path log, Sample sample) throws IOException {
        int events = Math.min(MOST_LINES, BYTES / sample.line().length());
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            for (int i = 0; i < events; i++) {
                out.write(sample.line());
                out.write('\n');
            }
        }
        return events;
    }

    /** Processor seconds of one run. */
    private double seconds(Sample sample, String format, Path log, boolean isParsed)
            throws IOException, InterruptedException {
        Path state = folder.resolve("state");
        Path config = folder.resolve("log-agent.config");
        Files.writeString(
                config, """
                [global]
                agent_name = "bench"
                end_point = "http://127.0.0.1:%d/"
                send_type = "HTTP"
                format = "%s"
                max_batch_size = 5000
                start_at = "beginning"
                state_dir = '%s'

                [[sources]]
                name = "bench"
                log_path = '%s'
                %s
                """.formatted(port, format, state, log, isParsed ? sample.settings() : "parser = \"plain\""));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "TIMEFORMAT='%U %S'; time \"$0\" run --once --config \"$1\" 2> \"$2\"",
                        program.resolve("bin/log-agent").toString(),
                        config.toString(),
                        output.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String times = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the program has failed: " + Files.readString(output) + times);
        }
        delete(state);
        return Arrays.stream(times.trim().split(" "))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
