package dev.logagent.dist.init;

import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.core.inventory.FoundFile;
import java.nio.file.Path;
import java.util.List;

/**
 * What is found on this host.
 *
 * @param isEnabled whether an agent would follow it
 * @param files by path
 */
public record Inventory(boolean isEnabled, List<FoundFile> files) {

    public Inventory {
        files = List.copyOf(files);
    }

    /** What is found below a folder when nothing is configured, places of containers included if it is the usual one. */
    public static Inventory below(Path folder, Path stateFolder) {
        boolean usual = List.of(folder.toString()).equals(DiscoveryConfig.DEFAULTS.scanPaths());
        DiscoveryConfig config = usual ? DiscoveryConfig.DEFAULTS : DiscoveryConfig.DEFAULTS.only(folder.toString());
        return new Inventory(true, Discovery.of(config, stateFolder).look());
    }
}
