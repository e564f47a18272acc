package dev.logagent.bench;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.core.parser.RunParser;
import java.util.List;
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

/** What a line costs from the run to the payload's bytes: as it is, and parsed; reading and sending are left out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"})
public class ShippingBenchmark {

    private static final int LINES = 1_000;

    /** Which format. */
    @Param
    public Sample sample = Sample.NGINX;

    private final JsonBuffer out = new JsonBuffer(1 << 20);
    private RunParser parser = new RunParser(Sample.NGINX.parser(), Sample.NGINX.config());
    private LineRun run = Sample.NGINX.run(1);

    @Setup
    public void prepare() {
        parser = new RunParser(sample.parser(), sample.config());
        run = sample.run(LINES);
    }

    private int encode(LineRun lines, Format format) {
        out.clear();
        PayloadEncoder.of(format).encode(new Batch("bench", 1, List.of(lines)), out);
        return out.length();
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int batchPlain() {
        return encode(run, Format.BATCH);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int batchParsed() {
        return encode(parser.parse(run), Format.BATCH);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int eventPlain() {
        return encode(run, Format.EVENT);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int eventParsed() {
        return encode(parser.parse(run), Format.EVENT);
    }
}
