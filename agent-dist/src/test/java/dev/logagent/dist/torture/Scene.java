package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.dist.packaged.AgentProcess;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One scenario: log files in a folder, the packaged program that follows them, a destination, and the oracle. Confined to
 * the test's thread, but for the ledger and the collector.
 */
final class Scene {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String SOURCE = "app";

    private final Path folder;
    private final Ledger ledger = new Ledger();
    private final CollectorServer collector;
    private final Judge judge;
    private final List<String> globals = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();
    private final List<LogFile> files = new ArrayList<>();
    private final List<AgentProcess> lives = new ArrayList<>();
    private String endPoint;
    private @Nullable AgentProcess agent;

    /** A scene in an empty folder, following {@code logs/app.log}. */
    Scene(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.collector = CollectorServer.start();
        this.endPoint = collector.url("/log");
        this.judge = new Judge(ledger, collector, SOURCE);
        Files.createDirectories(path(""));
        follow("logs/app.log");
    }

    /** Follows these patterns instead. */
    Scene follow(String... patterns) {
        tables.removeIf(table -> table.startsWith("[[sources]]"));
        tables.add("[[sources]]\nname = \"" + SOURCE + "\"\ndelay_ms = 100\nlog_path = [\""
                + String.join("\", \"", patterns) + "\"]\n");
        return this;
    }

    /** Adds keys to the table {@code [global]}. */
    Scene global(String... lines) {
        globals.addAll(List.of(lines));
        return this;
    }

    /** Adds a table. */
    Scene table(String... lines) {
        tables.add(String.join("\n", lines));
        return this;
    }

    /** Sends somewhere else than straight to the collector. */
    Scene sendTo(String url) {
        endPoint = url;
        return this;
    }

    /** A path in the folder of the log files. */
    Path path(String name) {
        return folder.resolve("logs").resolve(name);
    }

    Path folder() {
        return folder;
    }

    Path state() {
        return folder.resolve("state");
    }

    CollectorServer collector() {
        return collector;
    }

    Ledger ledger() {
        return ledger;
    }

    Judge judge() {
        return judge.look();
    }

    /** Opens or makes a log file, for lines of a stream of their own. */
    LogFile log(String name) throws IOException {
        return log(name, name.replace(' ', '_').replace('\n', '_'));
    }

    /** Opens or makes a log file, for lines of a stream. */
    LogFile log(String name, String stream) throws IOException {
        LogFile file = new LogFile(ledger, stream, path(name));
        files.add(file);
        return file;
    }

    /** Runs the agent, and waits until it follows the files that are there, or waits for some. */
    AgentProcess start() throws IOException {
        return startBy(List.of());
    }

    /** Runs the agent by way of another program, as {@link AgentProcess#startBy} does. */
    AgentProcess startBy(List<String> launcher) throws IOException {
        AgentProcess started = launch(launcher);
        started.awaitLog("following|waiting for one");
        return started;
    }

    /** Runs the agent, and waits for nothing. */
    AgentProcess launch(List<String> launcher, String... arguments) throws IOException {
        configure();
        AgentProcess started = AgentProcess.startBy(launcher, folder, arguments);
        lives.add(started);
        agent = started;
        return started;
    }

    private void configure() throws IOException {
        List<String> text = new ArrayList<>(List.of(
                "[global]",
                "agent_name = \"test\"",
                "end_point = \"" + endPoint + "\"",
                "send_type = \"HTTP\"",
                "state_dir = \"state\"",
                "retry_delay_ms = 20"));
        addDefault(text, "start_at = \"beginning\"");
        addDefault(text, "interval_secs = 0.05");
        addDefault(text, "shutdown_timeout_secs = 5");
        addDefault(text, "max_batch_size = 500");
        text.addAll(globals);
        text.addAll(tables);
        Files.write(folder.resolve("log-agent.config"), text);
    }

    private void addDefault(List<String> text, String line) {
        String key = line.substring(0, line.indexOf(' '));
        if (globals.stream().noneMatch(given -> given.startsWith(key + " "))) {
            text.add(line);
        }
    }

    AgentProcess agent() {
        if (agent == null) {
            throw new IllegalStateException("no agent runs");
        }
        return agent;
    }

    /** Ends the agent as a power cut does, but for what the system has not yet written to the disk. */
    void kill() throws InterruptedException {
        agent().kill();
        agent = null;
    }

    /** Asks the agent to stop, which it must do without complaint. */
    void stop() throws InterruptedException {
        AgentProcess running = agent();
        assertThat(running.terminate()).as(running::output).isZero();
        agent = null;
    }

    /** Waits until everything that is owed has come. */
    void awaitAll() {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> judge.look().missing().isEmpty());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "missing " + judge.missing().stream().limit(20).toList() + " of "
                            + judge.missing().size() + "\n" + story());
        }
    }

    /** Waits until so many lines of a stream have come. */
    void awaitCount(String stream, int count) {
        await(stream).atMost(PATIENCE).until(() -> judge.look().count(stream) >= count);
    }

    /** Waits until everything has come, stops the agent, and judges: each line once, in order, none altered. */
    void verifyOnce() throws Exception {
        verify();
        assertThat(judge.repeats()).as(() -> "repeated\n" + story()).isZero();
    }

    /** As {@link #verifyOnce}, but that lines may be repeated. */
    void verify() throws Exception {
        awaitAll();
        if (agent != null) {
            stop();
        }
        verifyWhatCame();
    }

    /** Judges order and contents of what has come. */
    void verifyWhatCame() {
        judge.look();
        assertThat(judge.faults()).as(() -> "out of order\n" + story()).isEmpty();
        assertThat(judge.pieces()).as(() -> "altered\n" + story()).isEmpty();
    }

    /** What all lives of the agent have said. */
    String story() {
        StringBuilder text = new StringBuilder();
        lives.forEach(life -> text.append("--- ").append(life.output()));
        return text.toString();
    }

    /** Ends all that runs. */
    void end() throws IOException, InterruptedException {
        lives.forEach(AgentProcess::close);
        for (AgentProcess life : lives) {
            life.exitCode();
        }
        for (LogFile file : files) {
            file.close();
        }
        collector.close();
    }
}
