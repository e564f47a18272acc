package dev.logagent.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What 10,000 logs cost to which nothing is written: all of the packaged program, discovery, alerts and dashboard included, soon
 * after its start and later. Run with {@code -jvmArgsAppend -Dlog-agent.program=FOLDER}.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class IdleBenchmark {

    private static final long SECONDS = 120;

    /** Where the times are in what follows the name in {@code /proc/PID/stat}; they are in hundredths of a second. */
    private static final int FIRST_TIME = 11;

    /** The program, following the logs. */
    @State(Scope.Benchmark)
    public static class Running {

        /** For so long the program has been running: a young one is still being compiled. */
        @Param({"20", "120"})
        private long settlingSeconds;

        private ManyLogs logs = new ManyLogs(Path.of(""));
        private long pid;

        @Setup(Level.Trial)
        public void start() throws IOException, InterruptedException {
            logs = ManyLogs.write();
            Path config = Files.writeString(logs.root().resolve("log-agent.config"), """
                    [global]
                    agent_name = "idle"
                    end_point = "http://127.0.0.1:9/nobody"
                    send_type = "HTTP"
                    state_dir = "%s"
                    [discovery]
                    scan_paths = "%s"
                    [dashboard]
                    enabled = true
                    listen = "127.0.0.1:0"
                    """.formatted(
                            logs.root().resolve("state"), logs.folder()));
            Path program = Path.of(System.getProperty("log-agent.program", "agent-dist/target/log-agent"));
            pid = new ProcessBuilder(program.resolve("bin/log-agent").toString(), "--config", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(logs.root().resolve("output").toFile()))
                    .start()
                    .pid();
            TimeUnit.SECONDS.sleep(settlingSeconds);
        }

        private long cpuHundredths() throws IOException {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[FIRST_TIME]) + Long.parseLong(fields[FIRST_TIME + 1]);
        }

        @TearDown(Level.Trial)
        public void stop() throws IOException, InterruptedException {
            ProcessHandle program = ProcessHandle.of(pid).orElseThrow();
            program.destroy();
            program.onExit().join();
            logs.delete();
        }
    }

    /** What was used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cpu {

        /** Of one processor. */
        public double percent;
    }

    @Benchmark
    public void idle(Running running, Cpu cpu) throws IOException, InterruptedException {
        long before = running.cpuHundredths();
        TimeUnit.SECONDS.sleep(SECONDS);
        cpu.percent = (double) (running.cpuHundredths() - before) / SECONDS;
    }
}
