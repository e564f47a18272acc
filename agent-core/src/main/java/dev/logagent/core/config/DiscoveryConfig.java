package dev.logagent.core.config;

import java.time.Duration;
import java.util.List;

/**
 * Where logs are looked for that no {@code [[sources]]} table names.
 *
 * @param scanPaths folders, or globs of folders, absolute
 * @param containerPaths folders, or globs of folders, that hold the log of a container each, among other files
 * @param include globs of the only files that are meant; all if empty. One without a slash is for the name alone
 * @param exclude globs of files and folders that are left out; one without a slash is for the name alone
 * @param scanInterval how often to look even though the system tells of changes
 * @param maxDepth how many folders deep to look below {@code scanPaths}
 * @param maxFiles how many files to follow at most
 */
public record DiscoveryConfig(
        List<String> scanPaths,
        List<String> containerPaths,
        List<String> include,
        List<String> exclude,
        Duration scanInterval,
        int maxDepth,
        int maxFiles) {

    /** The name that positions of all such files are kept under; no source of the configuration may have it. */
    public static final String NAME = "discovery";

    /** Where Docker, and Podman with its driver {@code k8s-file}, keep what containers write. */
    public static final List<String> CONTAINER_PATHS =
            List.of("/var/lib/docker/containers/*", "/var/lib/containers/storage/overlay-containers/*/userdata");

    /** What holds when nothing is configured. */
    public static final DiscoveryConfig DEFAULTS = new DiscoveryConfig(
            List.of("/var/log"), CONTAINER_PATHS, List.of(), List.of(), Duration.ofSeconds(10), 8, 10_000);

    public DiscoveryConfig {
        scanPaths = List.copyOf(scanPaths);
        containerPaths = List.copyOf(containerPaths);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** The same for one folder. */
    public DiscoveryConfig only(String folder) {
        return new DiscoveryConfig(List.of(folder), List.of(), include, exclude, scanInterval, maxDepth, maxFiles);
    }
}
