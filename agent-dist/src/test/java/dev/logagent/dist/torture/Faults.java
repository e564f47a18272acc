package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What can be done to a process and to the files that it uses, from outside, with the tools of the system. */
final class Faults {

    /** Whether this test may do what only root may. */
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Faults() {}

    /** Sends a signal, such as {@code STOP}. */
    static void signal(long pid, String name) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(pid));
    }

    /** Runs a program that must succeed. */
    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ": " + output)
                .isZero();
    }

    /** Launches under a limit of the shell, such as {@code -n 64}. */
    static List<String> limited(String ulimit) {
        return List.of("sh", "-c", "ulimit " + ulimit + " && exec \"$@\"", "sh");
    }

    /** Launches after a command of the shell, in name spaces of its own: it may mount what it likes, and nobody sees it. */
    static List<String> apart(String shellCommand) {
        List<String> command = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount"));
        command.addAll(List.of("sh", "-c", shellCommand + " && exec \"$@\"", "sh"));
        return command;
    }

    /** Runs a command where a process that was launched {@link #apart} is. */
    static void runIn(long pid, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("nsenter", "--preserve-credentials", "--user", "--mount"));
        all.addAll(List.of("--target", Long.toString(pid), "--"));
        all.addAll(List.of(command));
        run(all.toArray(String[]::new));
    }

    /** Has system calls of a running process on some files fail with an error, such as {@code EIO}, until it is closed. */
    static Injection inject(long pid, String call, String error, Path... files) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-p", Long.toString(pid)));
        command.addAll(List.of("-e", "trace=" + call, "-e", "inject=" + call + ":error=" + error));
        for (Path file : files) {
            command.addAll(List.of("-P", file.toString()));
        }
        Process tracer = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said = tracer.inputReader(StandardCharsets.UTF_8);
        String first = said.readLine();
        assertThat(first).as("strace").contains("attached");
        Thread drain = new Thread(() -> said.lines().forEach(line -> {}), "strace");
        drain.setDaemon(true);
        drain.start();
        return new Injection(tracer);
    }

    /** A fault that lasts until it is closed. */
    record Injection(Process tracer) implements AutoCloseable {

        /** Whether it still lasts. */
        boolean isEffective() {
            return tracer.isAlive();
        }

        @Override
        public void close() {
            tracer.destroy(); // it lets go of the process first
            tracer.onExit().join();
        }
    }

    /** How a process sees a path. */
    static Path seenBy(long pid, Path path) {
        return Path.of("/proc", Long.toString(pid), "root")
                .resolve(path.toString().substring(1));
    }

    /** Launches without the right to read what the file's permissions forbid. */
    static List<String> withoutPrivilege() {
        return ROOT ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs") : List.of();
    }

    static void permissions(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** What a process has open, as the system names it. */
    static List<String> openFiles(long pid) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path link : (Iterable<Path>) links::iterator) {
                try {
                    names.add(Files.readSymbolicLink(link).toString());
                } catch (NoSuchFileException e) {
                    // Closed by now.
                }
            }
        }
        return names;
    }

    /** The processor time that a process has used, in milliseconds. */
    static long cpuMillis(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return 10
                * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])); // the system counts hundredths of a second
    }

    /** The most memory that a process has had, in bytes. */
    static long peakMemory(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            String peak =
                    lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return 1024 * Long.parseLong(peak.replaceAll("\\D", ""));
        }
    }
}
