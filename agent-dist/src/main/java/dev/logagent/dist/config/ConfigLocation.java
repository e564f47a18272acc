package dev.logagent.dist.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the configuration file is looked for. */
public final class ConfigLocation {

    /** The environment variable that may name the file. */
    public static final String VARIABLE = "LOG_AGENT_CONFIG";

    /** The name of the file in a folder. */
    public static final String FILE_NAME = "log-agent.config";

    private ConfigLocation() {}

    /**
     * Looks at {@code --config}, {@code $LOG_AGENT_CONFIG}, {@code ./log-agent.config} and
     * {@code /etc/log-agent/log-agent.config}, in this order.
     *
     * @param option what {@code --config} says, or null if it was not given
     * @return the first that exists, as the user would name it; may be relative to the working directory
     * @throws ConfigException if there is none, or the one that was named does not exist
     */
    public static Path find(@Nullable Path option, Surroundings surroundings) throws ConfigException {
        if (option != null) {
            return existing(option, "--config", surroundings);
        }
        String variable = surroundings.variable(VARIABLE);
        if (variable != null && !variable.isEmpty()) {
            try {
                return existing(Path.of(variable), "$" + VARIABLE, surroundings);
            } catch (InvalidPathException e) {
                throw failure("", "$" + VARIABLE + " is not a valid path: " + e.getReason(), null);
            }
        }
        Path here = Path.of(FILE_NAME);
        Path system = surroundings.systemDirectory().resolve(FILE_NAME);
        for (Path candidate : List.of(here, system)) {
            if (exists(candidate, surroundings)) {
                return candidate;
            }
        }
        throw failure(
                "",
                "no configuration found",
                "looked at: --config (not given)\n           $" + VARIABLE + " (not set)\n           ./" + here
                        + "\n           " + system + "\nto write one: log-agent init");
    }

    private static Path existing(Path file, String namedBy, Surroundings surroundings) throws ConfigException {
        if (!exists(file, surroundings)) {
            throw failure(file.toString(), "no such file, named by " + namedBy, "to write one: log-agent init");
        }
        return file;
    }

    private static boolean exists(Path file, Surroundings surroundings) {
        // A file that may not be looked at counts: reading it says why it cannot be read.
        return !Files.notExists(surroundings.workingDirectory().resolve(file));
    }

    private static ConfigException failure(String file, String message, @Nullable String hint) {
        return new ConfigException(List.of(Problem.ofFile(file, message, hint)));
    }
}
