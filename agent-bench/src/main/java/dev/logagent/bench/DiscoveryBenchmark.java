package dev.logagent.bench;

import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.inventory.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to find 10,000 logs in 1,000 folders: in a young process that knows none of them, and again. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"})
public class DiscoveryBenchmark {

    private static final int FOLDERS = 1_000;
    private static final int FILES = 10;
    private static final int LINES = 20;

    /** As many files as are followed at most, of all formats, 2 to 4 KB each. */
    @State(Scope.Benchmark)
    public static class Logs {

        private Path root = Path.of("");

        @Setup(Level.Trial)
        public void write() throws IOException {
            root = Files.createTempDirectory("discovery");
            Sample[] samples = Sample.values();
            for (int folder = 0; folder < FOLDERS; folder++) {
                Path parent = Files.createDirectories(root.resolve("var/log/service-" + folder));
                for (int file = 0; file < FILES; file++) {
                    Sample sample = samples[(folder + file) % samples.length];
                    Files.write(parent.resolve("part-" + file + ".log"), Collections.nCopies(LINES, sample.line()));
                }
            }
        }

        @TearDown(Level.Trial)
        public void delete() throws IOException {
            try (Stream<Path> files = Files.walk(root)) {
                List<Path> inside = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : inside) {
                    Files.delete(file);
                }
            }
        }

        Discovery discovery() {
            DiscoveryConfig config =
                    DiscoveryConfig.DEFAULTS.only(root.resolve("var/log").toString());
            return Discovery.of(config, root.resolve("state"));
        }
    }

    /** One that has looked before. */
    @State(Scope.Benchmark)
    public static class Known {

        private Discovery discovery = new Logs().discovery();

        @Setup(Level.Trial)
        public void look(Logs logs) {
            discovery = logs.discovery();
            discovery.look();
        }
    }

    @Benchmark
    public int first(Logs logs) {
        return logs.discovery().look().size();
    }

    @Benchmark
    public int again(Known known) {
        return known.discovery.look().size();
    }
}
