package dev.logagent.dist.packaged;

import static org.awaitility.Awaitility.await;

import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A folder in which the packaged program reads the source {@code app}, to send its lines to a real destination. Confined to
 * the test's thread.
 */
final class AgentFolder implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path path;
    private final CollectorServer collector;
    private String pattern = "app.log";

    /** One that reads {@code app.log} from its beginning. */
    AgentFolder(Path path) throws IOException {
        this.path = path;
        this.collector = CollectorServer.start();
        configure("", "");
    }

    /** Reads these files instead, from the next time on that it is configured. */
    AgentFolder follow(String files) {
        pattern = files;
        return this;
    }

    /**
     * Writes another configuration.
     *
     * @param globals more keys of {@code [global]}, a line each
     * @param more keys of the source, and tables that follow it
     */
    void configure(String globals, String more) throws IOException {
        Files.writeString(config(), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "HTTP"
                state_dir = "state"
                start_at = "beginning"
                interval_secs = 0.05
                %s
                [[sources]]
                name = "app"
                log_path = "%s"
                %s
                """.formatted(collector.url("/log"), globals, pattern, more));
    }

    Path config() {
        return path.resolve("log-agent.config");
    }

    Path log() {
        return path.resolve("app.log");
    }

    CollectorServer collector() {
        return collector;
    }

    void append(List<String> lines) throws IOException {
        Files.write(log(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Waits until so many lines of the source have come, repeats among them. */
    void awaitLines(int count) {
        await().atMost(PATIENCE).until(() -> collector.lines("app").size() >= count);
    }

    /** Runs the agent, and waits until it follows all files. */
    AgentProcess running() throws IOException {
        return AgentProcess.running(path);
    }

    /** Runs a verb to its end, and gives what it said, its exit code last. */
    String run(String... arguments) throws IOException, InterruptedException {
        return AgentProcess.run(path, arguments);
    }

    @Override
    public void close() {
        collector.close();
    }
}
