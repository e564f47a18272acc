package dev.logagent.dist.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, with its working directory and its additions to the environment. */
record Command(List<String> line, Path directory, Map<String, String> environment) {

    private static final long PATIENCE_MINUTES = 15;

    Command(Path directory, String... line) {
        this(List.of(line), directory, Map.of());
    }

    /** Whether the tests may do what only root may. */
    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The root of the sources. */
    static Path repository() {
        return Path.of(System.getProperty("log-agent.repository")).normalize();
    }

    /** Starts it, with all it says going to a file. */
    Process start(Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        Map<String, String> inherited = builder.environment();
        inherited.keySet().removeIf(name -> name.startsWith("LOG_AGENT_"));
        inherited.put("JAVA_HOME", System.getProperty("java.home"));
        inherited.putAll(environment);
        Process process = builder.start();
        // A test that fails half way leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Runs it to its end. */
    Result run() throws IOException, InterruptedException {
        Path output = Files.createTempFile("command-", ".txt");
        try {
            Process process = start(output);
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("does not end: " + line + "\n" + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** Runs it to its end, which must be a success, and gives what it said. */
    String succeed() throws IOException, InterruptedException {
        Result result = run();
        assertThat(result.exitCode())
                .as(() -> String.join(" ", line) + "\n" + result.output())
                .isZero();
        return result.output();
    }

    /** The same with more in the environment. */
    Command with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Command(line, directory, Map.copyOf(all));
    }

    /** How a command ended, and what it said. */
    record Result(int exitCode, String output) {}
}
