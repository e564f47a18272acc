package dev.logagent.bench;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.parser.RunParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Lines a second that each parser understands, in the JVM's settings of the program. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"})
public class ParserBenchmark {

    private static final int LINES = 1_000;

    /** Which format. */
    @Param
    public Sample sample = Sample.SYSLOG;

    private RunParser named = parser(Sample.SYSLOG.parser(), Sample.SYSLOG.config());
    private RunParser auto = parser(ParserConfig.AUTO, ParserConfig.of(ParserConfig.AUTO));
    private LineRun run = Sample.SYSLOG.run(1);

    private static RunParser parser(String name, ParserConfig config) {
        return new RunParser(name, config);
    }

    @Setup
    public void prepare() {
        named = parser(sample.parser(), sample.config());
        auto = parser(ParserConfig.AUTO, ParserConfig.of(ParserConfig.AUTO));
        run = sample.run(LINES);
    }

    /** With the parser that the configuration names. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public LineRun named() {
        return named.parse(run);
    }

    /** With the format found out. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public LineRun auto() {
        return auto.parse(run);
    }
}
