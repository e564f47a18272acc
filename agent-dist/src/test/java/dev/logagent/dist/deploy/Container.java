package dev.logagent.dist.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logagent.testkit.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A service of the compose file, made from the Dockerfile's image: the same command, user, environment, files and health
 * check, in a folder of its own that stands for the root of its file system.
 */
final class Container implements AutoCloseable {

    private static final long STOP_SECONDS = 30;

    private final ImageRoot root;
    private final Command command;
    private final Command healthCheck;
    private final Path output;
    private Process process;

    private Container(ImageRoot root, Command command, Command healthCheck, Path output) throws IOException {
        this.root = root;
        this.command = command;
        this.healthCheck = healthCheck;
        this.output = output;
        process = command.start(output);
    }

    /**
     * Starts a service.
     *
     * @param image what was built
     * @param folder where its own root is made
     * @param variables of the compose file
     * @param edit changes its arguments, such as a port that may be taken
     */
    static Container start(
            String service, ImageRoot image, Path folder, Map<String, String> variables, UnaryOperator<String> edit)
            throws IOException, InterruptedException {
        Dockerfile dockerfile = Dockerfile.read();
        ComposeFile compose = ComposeFile.read();
        Path top = Files.createDirectory(folder.resolve(service));
        List<String> parts = List.of("opt", "etc", "var");
        for (String part : parts) {
            new Command(folder, "cp", "-a", image.at(part).toString(), top.toString()).succeed();
        }
        ImageRoot root = ImageRoot.of(top, image.environment());
        for (Map.Entry<Path, String> mount : compose.mountedFiles(service).entrySet()) {
            Files.writeString(root.at(mount.getValue()), root.move(Files.readString(mount.getKey())));
        }
        Files.createDirectories(root.at("var/log"));

        List<String> line = new ArrayList<>(dockerfile.last("ENTRYPOINT").exec());
        JsonNode own = compose.service(service).path("command");
        line.addAll(own.isMissingNode() ? dockerfile.last("CMD").exec() : ComposeFile.strings(own));
        String check = dockerfile.last("HEALTHCHECK").command().replaceFirst("^CMD ", "");
        String user = dockerfile.last("USER").rest();
        Map<String, String> environment = compose.environment(service, variables);
        return new Container(
                root,
                as(user, top, line.stream().map(edit).map(root::move).toList())
                        .with(root.environment())
                        .with(environment),
                as(user, top, List.of("/bin/sh", "-c", check)).with(root.environment()),
                Files.createFile(folder.resolve(service + ".txt")));
    }

    /** As a user without any privilege; without root, the one who runs the test. */
    private static Command as(String user, Path folder, List<String> line) {
        List<String> all = new ArrayList<>();
        if (Command.isRoot()) {
            all.addAll(List.of("setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs"));
            all.addAll(List.of("--inh-caps=-all", "--bounding-set=-all"));
        }
        all.addAll(line);
        return new Command(List.copyOf(all), folder, Map.of("HOME", folder.toString()));
    }

    /** Where this path of the container is. */
    Path at(String path) {
        return root.at(path);
    }

    /** Whether its health check succeeds. */
    boolean isHealthy() throws IOException, InterruptedException {
        return healthCheck.run().exitCode() == 0;
    }

    /** All it has said so far. */
    String output() throws IOException {
        return Files.readString(output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The process that gets the signals. */
    ProcessHandle.Info info() {
        return process.info();
    }

    /** Its effective user, by number. */
    String user() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(entry -> entry.startsWith("Uid:"))
                .map(entry -> entry.split("\\s+")[2])
                .findFirst()
                .orElseThrow();
    }

    /** Asks it to stop, and gives the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("does not stop");
        }
        return process.exitValue();
    }

    /** Ends it at once. */
    void kill() {
        ProcessTree.kill(process);
    }

    /** Starts it again, after it has ended. */
    void restart() throws IOException {
        process = command.start(output);
    }

    @Override
    public void close() {
        kill();
    }
}
