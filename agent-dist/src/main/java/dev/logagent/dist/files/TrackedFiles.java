package dev.logagent.dist.files;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.FilePosition.Sighting;
import dev.logagent.core.checkpoint.CheckpointStore;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.PathPattern;
import dev.logagent.core.discovery.RotatedNames;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.dist.files.TrackedFile.State;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compares what the outputs of an agent remember with the files that are there. For one use. */
public final class TrackedFiles {

    private final AgentConfig config;
    private final Discovery discovery;
    private final Map<Path, Map<String, Path>> folders = new HashMap<>();
    private final Map<String, List<PathPattern>> patterns = new HashMap<>();

    public TrackedFiles(AgentConfig config) {
        this.config = config;
        this.discovery = Discovery.usual(config);
        for (SourceConfig source : config.sources()) {
            patterns.put(
                    source.name(),
                    source.logPaths().stream().map(PathPattern::new).toList());
        }
    }

    /**
     * The files that an output remembers, by source and path.
     *
     * @throws IOException if its state cannot be read, with a message for the user
     */
    public List<TrackedFile> of(OutputConfig output) throws IOException {
        Path folder = output.stateFolder(config.global().stateDir());
        List<TrackedFile> files = new ArrayList<>();
        for (FilePosition file : CheckpointStore.peek(folder).positions().all()) {
            if (file.bookmarks() == null) {
                files.add(look(output.name(), file));
            }
        }
        files.sort(Comparator.comparing(TrackedFile::source)
                .thenComparing(TrackedFile::path)
                .thenComparing(TrackedFile::generation));
        return files;
    }

    private TrackedFile look(String output, FilePosition file) {
        Path last = Path.of(file.sighting().path());
        Path now = find(last, file.sighting());
        OptionalLong size = OptionalLong.empty();
        State state = State.GONE;
        long delivered = file.acks().position().offset();
        FileStat stat = now == null ? null : stat(now);
        boolean compressed = now != null && RotatedNames.isGzip(now.toString());
        // A truncated file has a younger generation of its own.
        if (now != null && stat != null && (compressed || stat.size() >= delivered)) {
            size = compressed ? OptionalLong.empty() : OptionalLong.of(stat.size());
            boolean rotated = !now.equals(last) || isRotatedName(now, file.source());
            state = rotated ? State.ROTATED : stat.size() > delivered ? State.OPEN : State.IDLE;
        }
        return new TrackedFile(
                output,
                nameOf(file.source(), last),
                now == null ? last : now,
                state,
                size,
                Math.max(delivered, file.readOffset()),
                delivered,
                file.generation());
    }

    /** The name that the lines are sent under. */
    private String nameOf(String source, Path path) {
        return source.equals(DiscoveryConfig.NAME) ? discovery.sourceOf(path).name() : source;
    }

    /** Where the file is: under its last name, or another one beside it. */
    private @Nullable Path find(Path last, Sighting sighting) {
        FileStat stat = stat(last);
        if (stat != null && stat.isSameFile(sighting.key(), sighting.birthNanos())) {
            return last;
        }
        Path folder = last.getParent();
        Path other = folder == null
                ? null
                : folders.computeIfAbsent(folder, TrackedFiles::keys).get(sighting.key());
        FileStat found = other == null ? null : stat(other);
        // A new file may have got the inode of one that is gone.
        return found != null && found.isSameFile(sighting.key(), sighting.birthNanos()) ? other : null;
    }

    private static Map<String, Path> keys(Path folder) {
        Map<String, Path> keys = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                FileStat stat = stat(entry);
                if (stat != null && stat.regular()) {
                    keys.put(stat.key(), entry);
                }
            }
            return keys;
        } catch (IOException | DirectoryIteratorException e) {
            return keys;
        }
    }

    private static @Nullable FileStat stat(Path path) {
        try {
            return FileStat.of(path);
        } catch (IOException e) {
            return null;
        }
    }

    private boolean isRotatedName(Path path, String source) {
        return RotatedNames.basesOf(path.getFileName().toString()).stream()
                .map(path::resolveSibling)
                .anyMatch(base ->
                        patterns.getOrDefault(source, List.of()).stream().anyMatch(pattern -> pattern.matches(base)));
    }
}
