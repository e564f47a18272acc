package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.bool;
import static dev.logagent.api.option.OptionSpec.decimal;
import static dev.logagent.api.option.OptionSpec.integer;
import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.oneOf;

import dev.logagent.api.option.OptionTable;
import dev.logagent.core.config.DiscoveryConfig;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of {@code [discovery]}. */
final class DiscoveryTable {

    static final String ENABLED = "enabled";
    static final String SCAN_PATHS = "scan_paths";
    static final String CONTAINER_PATHS = "container_paths";
    static final String INCLUDE = "include";
    static final String EXCLUDE = "exclude";
    static final String SCAN_INTERVAL_SECS = "scan_interval_secs";
    static final String MAX_DEPTH = "max_depth";
    static final String MAX_FILES = "max_files";
    static final String START_AT = "start_at";

    static final OptionTable TABLE = OptionTable.of(
            bool(ENABLED)
                    .doc(
                            "Whether logs are looked for. Default: `true` if the table is there, even empty, or if there is no"
                                    + " `[[sources]]`."),
            list(SCAN_PATHS)
                    .checkedBy(value -> paths(SCAN_PATHS, value))
                    .defaultsTo(DiscoveryConfig.DEFAULTS.scanPaths())
                    .doc("Folders to look through, or globs of such as `/opt/*/logs`. They need not exist yet."),
            list(CONTAINER_PATHS)
                    .checkedBy(value -> paths(CONTAINER_PATHS, value))
                    .defaultsTo(DiscoveryConfig.DEFAULTS.containerPaths())
                    .doc("Folders, or globs of folders, that hold a container's log each (`*-json.log` of Docker,"
                            + " `ctr.log` of Podman); other files in them are left alone. `[]` for none."),
            list(INCLUDE)
                    .checkedBy(value -> globs(INCLUDE, value))
                    .doc(
                            "Globs of the only files that are meant, such as `*.log`; with a slash they are for whole paths."
                                    + " Default: all that look like logs."),
            list(EXCLUDE)
                    .checkedBy(value -> globs(EXCLUDE, value))
                    .doc("Globs of files and folders to leave out; with a slash they are for whole paths."),
            decimal(SCAN_INTERVAL_SECS)
                    .range(1, 86_400)
                    .defaultsTo((double) DiscoveryConfig.DEFAULTS.scanInterval().toSeconds())
                    .doc(
                            "Seconds between two looks through the folders. Where the system tells of changes, new files are"
                                    + " found at once, and this only makes sure."),
            integer(MAX_DEPTH)
                    .range(0, 32)
                    .defaultsTo((long) DiscoveryConfig.DEFAULTS.maxDepth())
                    .doc("How many folders deep to look below each of these."),
            integer(MAX_FILES)
                    .range(1, 1_000_000)
                    .defaultsTo((long) DiscoveryConfig.DEFAULTS.maxFiles())
                    .doc("How many files to follow at most; `log-agent sources` lists those beyond."),
            oneOf(START_AT, "end", "beginning")
                    .doc("As in `[global]`, for what is found. Default: what `[global]` says."));

    private DiscoveryTable() {}

    private static @Nullable String paths(String key, Object value) {
        String fault = globs(key, value);
        return fault != null || !(value instanceof List<?> paths)
                ? fault
                : paths.stream()
                        .map(path -> TableChecks.path(key, path))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable String globs(String key, Object value) {
        return value instanceof List<?> globs
                ? globs.stream()
                        .map(glob -> TableChecks.glob(String.valueOf(glob)))
                        .filter(Objects::nonNull)
                        .map(fault -> "'" + key + "' is not a valid glob: " + fault)
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
