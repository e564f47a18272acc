package dev.logagent.dist;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the program is installed.
 *
 * @param folder the folder that holds {@code bin}, {@code lib} and {@code transports}; empty when the program was not
 *     started by its launcher
 */
public record Home(Optional<Path> folder) {

    /** What the launcher says. */
    static Home find() {
        String folder = System.getProperty("log-agent.home");
        return new Home(folder == null ? Optional.empty() : Optional.of(Path.of(folder)));
    }

    /** The folders of the transports that came with the program. */
    public List<Path> transportFolders() {
        return folder.map(path -> List.of(path.resolve("transports"))).orElse(List.of());
    }
}
