package dev.logagent.dist.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as it was packaged, run as a user runs it: by its launcher, in a process of its own. */
final class PackagedProgram {

    private static final int PATIENCE_SECONDS = 60;

    private final Path launcher;
    private final Path folder;
    private final Map<String, String> env = new HashMap<>();

    /**
     * The program behind a launcher.
     *
     * @param folder the working directory, and where output is kept
     */
    PackagedProgram(Path launcher, Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    /** What the build has made. */
    static Path home() {
        return Path.of(System.getProperty("log-agent.program")).normalize();
    }

    /** The root of the sources. */
    static Path repository() {
        return Path.of(System.getProperty("log-agent.repository")).normalize();
    }

    static Path launcher(Path home) {
        return home.resolve("bin/log-agent");
    }

    /** A copy of the installation, permissions included. */
    static Path copyTo(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(home())) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(home().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return target;
    }

    PackagedProgram env(String name, String value) {
        env.put(name, value);
        return this;
    }

    /** Starts it; output goes to {@code out.txt} and {@code err.txt}. */
    Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LOG_AGENT_") || name.equals("JAVA_HOME"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(env);
        Process process = builder.start();
        // A test that fails half way leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Runs it to its end and gives the exit code. */
    int run(String... args) throws IOException, InterruptedException {
        return exitCode(start(args));
    }

    int exitCode(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + PATIENCE_SECONDS + " s:\n" + out() + err());
        }
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8);
    }

    String err() throws IOException {
        return Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8);
    }
}
