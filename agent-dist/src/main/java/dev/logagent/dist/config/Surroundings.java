package dev.logagent.dist.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration takes from the process and the machine. Immutable.
 *
 * @param environment the environment variables
 * @param workingDirectory what relative paths start from; absolute
 * @param systemDirectory where the system's configuration lies
 * @param systemStateDirectory where a system service keeps its state
 * @param hostName this host's name
 */
public record Surroundings(
        Map<String, String> environment,
        Path workingDirectory,
        Path systemDirectory,
        Path systemStateDirectory,
        String hostName) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of("/etc/log-agent"),
                Path.of("/var/lib/log-agent"),
                nameOfHost());
    }

    /** The variable's value, or null if it is not set. */
    public @Nullable String variable(String name) {
        return environment.get(name);
    }

    /**
     * The path, seen from the working directory.
     *
     * @throws java.nio.file.InvalidPathException if it is none
     */
    Path absolute(String path) {
        // ".." is left alone: behind a symbolic link it means something else than its text says.
        return workingDirectory.resolve(path.startsWith("./") ? path.substring(2) : path);
    }

    /** Where state is kept when the configuration does not say. */
    public Path defaultStateDirectory() {
        if (isSuperuser() || (Files.isDirectory(systemStateDirectory) && Files.isWritable(systemStateDirectory))) {
            return systemStateDirectory;
        }
        return stateDirectoryOfUser();
    }

    /** Where a user's programs keep their state. */
    Path stateDirectoryOfUser() {
        String state = variable("XDG_STATE_HOME");
        if (state != null && state.startsWith("/")) {
            return Path.of(state, "log-agent");
        }
        String home = variable("HOME");
        return Path.of(
                home == null || home.isEmpty() ? System.getProperty("user.home", "/") : home,
                ".local",
                "state",
                "log-agent");
    }

    private static boolean isSuperuser() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static String nameOfHost() {
        try {
            // Asking the kernel cannot hang; asking the resolver can.
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException noLinux) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (IOException unknown) {
                return "localhost";
            }
        }
    }
}
