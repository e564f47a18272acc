package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged program, running as a child process. */
final class AgentProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    private AgentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The installation that the build has made. */
    static Path home() {
        Path home = Path.of("target", "log-agent").toAbsolutePath();
        assertThat(home.resolve("bin/log-agent"))
                .as("run after the package phase")
                .isExecutable();
        return home;
    }

    /** Starts the program with these arguments in a folder; what it says goes to a file there. */
    static AgentProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home().resolve("bin/log-agent").toString());
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "agent-", ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new AgentProcess(process, log);
    }

    /** Runs the agent with {@code log-agent.config} of the folder, and waits until it follows all files. */
    static AgentProcess running(Path folder) throws IOException {
        AgentProcess agent = start(folder);
        agent.awaitLog("following|waiting for one");
        return agent;
    }

    /** All it has said so far. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** How many lines of what it has said match. */
    long said(String regex) {
        return output().lines()
                .filter(line -> line.matches("(?s).*(" + regex + ").*"))
                .count();
    }

    /** Waits until it says something that matches. */
    void awaitLog(String regex) {
        Awaitility.await(regex)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || said(regex) > 0);
        assertThat(said(regex))
                .as(() -> "no line matches '" + regex + "' in:\n" + output())
                .isPositive();
    }

    /** Asks it to stop, and gives the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** Ends it like a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    /** Waits until it ends by itself. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> "does not end:\n" + output())
                .isTrue();
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
