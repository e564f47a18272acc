package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged program, running as a child process. */
public final class AgentProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    private AgentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The installation that the build has made. */
    public static Path home() {
        Path home = Path.of("target", "log-agent").toAbsolutePath();
        assertThat(home.resolve("bin/log-agent"))
                .as("run after the package phase")
                .isExecutable();
        return home;
    }

    /** Starts the program with these arguments in a folder; what it says goes to a file there. */
    public static AgentProcess start(Path folder, String... arguments) throws IOException {
        return start(List.of(), Map.of(), folder, arguments);
    }

    /** The same, with more variables in its environment. */
    static AgentProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(List.of(), environment, folder, arguments);
    }

    /**
     * Starts the program by way of another one.
     *
     * @param launcher a command that ends by replacing itself by what its further arguments say, as {@code setpriv} does
     */
    public static AgentProcess startBy(List<String> launcher, Path folder, String... arguments) throws IOException {
        return start(launcher, Map.of(), folder, arguments);
    }

    /** Starts the program where a process may have so many descriptors. */
    static AgentProcess startWithDescriptors(Path folder, int descriptors, String... arguments) throws IOException {
        return startBy(List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh"), folder, arguments);
    }

    private static AgentProcess start(
            List<String> launcher, Map<String, String> environment, Path folder, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(home().resolve("bin/log-agent").toString());
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "agent-", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new AgentProcess(builder.start(), log);
    }

    /** Runs the agent with {@code log-agent.config} of the folder, and waits until it follows all files. */
    public static AgentProcess running(Path folder) throws IOException {
        AgentProcess agent = start(folder);
        agent.awaitLog("following|waiting for one");
        return agent;
    }

    /** All it has said so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** How many lines of what it has said match. */
    public long said(String regex) {
        return output().lines()
                .filter(line -> line.matches("(?s).*(" + regex + ").*"))
                .count();
    }

    /** Waits until it says something that matches. */
    public void awaitLog(String regex) {
        Awaitility.await(regex)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || said(regex) > 0);
        assertThat(said(regex))
                .as(() -> "no line matches '" + regex + "' in:\n" + output())
                .isPositive();
    }

    /** Runs a verb to its end, and gives what it said, its exit code last. */
    static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        try (AgentProcess verb = start(folder, arguments)) {
            int code = verb.exitCode();
            return verb.output() + "exit code " + code;
        }
    }

    /** Asks it to stop, and gives the exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** Ends it like a power cut does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    /** Waits until it ends by itself. */
    public int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> "does not end:\n" + output())
                .isTrue();
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
