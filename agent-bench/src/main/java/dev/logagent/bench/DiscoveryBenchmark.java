package dev.logagent.bench;

import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.inventory.Discovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

    /** What there is to be found. */
    @State(Scope.Benchmark)
    public static class Logs {

        private ManyLogs all = new ManyLogs(Path.of(""));

        @Setup(Level.Trial)
        public void write() throws IOException {
            all = ManyLogs.write();
        }

        @TearDown(Level.Trial)
        public void delete() throws IOException {
            all.delete();
        }

        Discovery discovery() {
            DiscoveryConfig config = DiscoveryConfig.DEFAULTS.only(all.folder().toString());
            return Discovery.of(config, all.root().resolve("state"));
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
