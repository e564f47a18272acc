package dev.logagent.core.inventory;

import dev.logagent.core.discovery.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the agent itself writes: reading that would make more of it.
 *
 * @param stateFolder where its state is
 * @param keys identities of the files that its standard output and error go to
 */
record OwnFiles(Path stateFolder, Set<String> keys) {

    static OwnFiles of(Path stateFolder) {
        Set<String> keys = new HashSet<>();
        for (String descriptor : List.of("1", "2")) {
            try {
                FileStat stat = FileStat.of(Path.of("/proc/self/fd", descriptor));
                if (stat != null && stat.regular()) {
                    keys.add(stat.key());
                }
            } catch (IOException noSuchSystem) {
                // Not a file, or no Linux: there is nothing to leave out.
            }
        }
        return new OwnFiles(stateFolder, keys);
    }

    boolean hold(Path path, @Nullable Object fileKey) {
        return path.startsWith(stateFolder) || (fileKey != null && keys.contains(fileKey.toString()));
    }
}
