package dev.logagent.core.inventory;

import dev.logagent.api.FileOrigin;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.discovery.FileSearch;
import dev.logagent.core.discovery.PathPattern;
import dev.logagent.core.discovery.PatternSearch;
import dev.logagent.core.discovery.RotatedNames;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.inventory.FoundFile.Kind;
import dev.logagent.core.inventory.FoundFile.State;
import dev.logagent.core.parser.LogGuess;
import dev.logagent.core.parser.Origins;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the logs of a host without being told of them: looks through folders, judges each file by its name and its first
 * bytes, and keeps the list of all, with the reason where one is not followed. A file is judged once, and again only when it
 * is another one, was empty, or could not be read. Safe for use by several threads.
 */
public final class Discovery implements FileSearch {

    /** What Docker and Podman call the logs of containers; other files beside them are none. */
    private static final String CONTAINER_LOGS = "{*-json.log,ctr.log}";

    private final DiscoveryConfig config;
    private final List<ScanPlace> places;
    private final List<PatternSearch> configured;
    private final OwnFiles own;
    private final NameFilter include;
    private final NameFilter exclude;
    private final SourceNames names;
    private final LogGuess guess = new LogGuess();
    private final AgentEvents events;
    private Map<Path, Judged> judged = new HashMap<>();
    private volatile Set<Path> folders = Set.of();
    private volatile List<FoundFile> inventory = List.of();
    private boolean told;

    /** What was found out about a file while it had this identity. */
    private record Judged(@Nullable Object fileKey, FoundFile file, boolean isSettled) {}

    /**
     * @param source the one that is discovered: says where to look, and what all its lines have in common
     * @param configured the other sources: what they mean is theirs
     * @param stateFolder where the agent's state is
     */
    Discovery(
            SourceInfo source,
            DiscoveryConfig config,
            List<PatternSearch> configured,
            Path stateFolder,
            AgentEvents events) {
        this.config = config;
        this.places = places(config);
        this.configured = List.copyOf(configured);
        this.own = OwnFiles.of(stateFolder);
        this.include = new NameFilter(config.include());
        this.exclude = new NameFilter(config.exclude());
        this.names = new SourceNames(source);
        this.events = events;
    }

    /** What the configuration asks for, or null if nothing is to be discovered. */
    public static @Nullable Discovery of(AgentConfig agent, AgentEvents events) {
        for (SourceConfig source : agent.sources()) {
            DiscoveryConfig config = source.discovery();
            if (config != null) {
                return new Discovery(
                        source.info(), config, configured(agent), agent.global().stateDir(), events);
            }
        }
        return null;
    }

    /** What the configuration asks for; if it does not, what it would find with the usual settings. */
    public static Discovery usual(AgentConfig agent) {
        Discovery wanted = of(agent, new AgentEvents() {});
        return wanted != null
                ? wanted
                : new Discovery(
                        SourceInfo.named(DiscoveryConfig.NAME),
                        DiscoveryConfig.DEFAULTS,
                        configured(agent),
                        agent.global().stateDir(),
                        new AgentEvents() {});
    }

    private static List<PatternSearch> configured(AgentConfig agent) {
        return agent.sources().stream()
                .filter(source -> source.discovery() == null)
                .map(source -> new PatternSearch(source.info(), source.logPaths(), source.exclude()))
                .toList();
    }

    /** With settings of their own, for those who only want to know what there is. */
    public static Discovery of(DiscoveryConfig config, Path stateFolder) {
        return new Discovery(
                SourceInfo.named(DiscoveryConfig.NAME), config, List.of(), stateFolder, new AgentEvents() {});
    }

    private static List<ScanPlace> places(DiscoveryConfig config) {
        List<ScanPlace> places = new ArrayList<>();
        config.scanPaths().forEach(path -> places.add(new ScanPlace(path, null)));
        config.containerPaths().forEach(path -> places.add(new ScanPlace(path, CONTAINER_LOGS)));
        return List.copyOf(places);
    }

    /** All that was found by the last look, by path. Empty before the first one. */
    public List<FoundFile> inventory() {
        return inventory;
    }

    /** Looks once, for those who only want to know. */
    public List<FoundFile> look() {
        expand(new PathPattern.Expansion() {
            @Override
            public void folder(Path folder) {}

            @Override
            public void file(Path file) {}

            @Override
            public void unreadable(Path folder, IOException reason) {}
        });
        return inventory();
    }

    @Override
    public synchronized void expand(PathPattern.Expansion expansion) {
        Look look = new Look(expansion);
        new FolderWalk(places, config.maxDepth(), look).run();
        judged = look.judged;
        folders = Set.copyOf(look.folders);
        inventory = look.files.stream()
                .sorted(Comparator.comparing(FoundFile::path))
                .toList();
        if (!told) {
            told = true;
            events.logsDiscovered(look.followed, look.sources(), inventory.size() - look.followed);
        }
    }

    @Override
    public boolean covers(Path path) {
        Judged known;
        synchronized (this) {
            known = judged.get(path);
        }
        if (known != null) {
            return known.file().state() == State.FOLLOWED || known.file().state() == State.UNREADABLE;
        }
        return allows(path) && againstName(path) == null && configured.stream().noneMatch(source -> source.means(path));
    }

    @Override
    public boolean goesByNames() {
        return false;
    }

    @Override
    public boolean allows(Path path) {
        return !folders.contains(path)
                && places.stream().anyMatch(place -> place.holds(path))
                && !own.hold(path, null)
                && !isExcluded(path);
    }

    /** The file itself, or a folder that it is in. */
    private boolean isExcluded(Path path) {
        for (Path each = path; each != null; each = each.getParent()) {
            if (exclude.matches(each)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String againstName(Path path) {
        String reason = NameVerdict.of(String.valueOf(path.getFileName()));
        if (reason == null && !include.isEmpty() && !include.matches(path)) {
            reason = "not among those to include";
        }
        return reason;
    }

    @Override
    public SourceInfo sourceOf(Path path) {
        return names.of(path);
    }

    /** Whether a source was made here, and is not one of the configuration that looks the same. */
    public boolean isOwn(SourceInfo source) {
        return names.has(source);
    }

    @Override
    public String toString() {
        return String.join(", ", config.scanPaths());
    }

    /** One look at all places. */
    private final class Look implements FolderWalk.Visitor {

        final List<FoundFile> files = new ArrayList<>();
        final Set<Path> folders = new HashSet<>();
        final Map<Path, Judged> judged = new HashMap<>();
        private final PathPattern.Expansion expansion;
        private int followed;

        Look(PathPattern.Expansion expansion) {
            this.expansion = expansion;
        }

        int sources() {
            return (int) files.stream()
                    .map(FoundFile::kind)
                    .filter(Objects::nonNull)
                    .map(Kind::source)
                    .distinct()
                    .count();
        }

        @Override
        public boolean enter(Path folder) {
            if (own.hold(folder, null) || exclude.matches(folder)) {
                skip(folder, 0, exclude.matches(folder) ? "excluded" : "the agent's own");
                return false;
            }
            return true;
        }

        @Override
        public void folder(Path folder) {
            folders.add(folder);
            expansion.folder(folder);
        }

        @Override
        public void unreadable(Path folder, IOException reason) {
            files.add(new FoundFile(folder, State.UNREADABLE, 0, null, reason(reason)));
            expansion.unreadable(folder, reason);
        }

        @Override
        public void skip(Path path, long size, String reason) {
            files.add(new FoundFile(path, State.SKIPPED, size, null, reason));
        }

        @Override
        public void file(Path path, BasicFileAttributes attributes, Set<String> siblings) {
            long size = attributes.size();
            Object key = attributes.fileKey();
            if (own.hold(path, key)) {
                skip(path, size, "the agent's own");
                return;
            }
            PatternSearch owner = configured.stream()
                    .filter(source -> source.means(path))
                    .findFirst()
                    .orElse(null);
            if (owner != null) {
                String source = "source '" + owner.sourceOf(path).name() + "'";
                boolean follows = owner.allows(path);
                files.add(new FoundFile(
                        path,
                        follows ? State.CONFIGURED : State.SKIPPED,
                        size,
                        null,
                        follows ? "read by " + source : "excluded by " + source));
                return;
            }
            if (exclude.matches(path)) {
                skip(path, size, "excluded");
                return;
            }
            String base = base(path, siblings);
            String reason = base == null ? againstName(path) : againstName(path.resolveSibling(base));
            if (reason != null) {
                skip(path, size, reason);
            } else if (base != null) {
                files.add(new FoundFile(path, State.ROTATED, size, null, "rotated from " + base));
            } else {
                follow(path, judge(path, key, size));
            }
        }

        /** The file beside it that has the name from which it was rotated. */
        private @Nullable String base(Path path, Set<String> siblings) {
            return RotatedNames.basesOf(String.valueOf(path.getFileName())).stream()
                    .filter(siblings::contains)
                    .findFirst()
                    .orElse(null);
        }

        private void follow(Path path, Judged verdict) {
            FoundFile file = verdict.file();
            if (file.state() != State.SKIPPED && followed == config.maxFiles()) {
                skip(path, file.size(), "there are more than max_files (" + followed + ")");
                return;
            }
            judged.put(path, verdict);
            files.add(file);
            if (file.state() != State.SKIPPED) {
                followed++;
                expansion.file(path);
            }
        }
    }

    private Judged judge(Path path, @Nullable Object key, long size) {
        Judged known = judged.get(path);
        if (known != null
                && Objects.equals(known.fileKey(), key)
                && (known.isSettled() || known.file().size() == size)) {
            FoundFile file = known.file();
            return file.size() == size
                    ? known
                    : new Judged(key, new FoundFile(path, file.state(), size, file.kind(), file.reason()), true);
        }
        try {
            FirstBytes first = FirstBytes.of(path);
            String reason = first.verdict(String.valueOf(path.getFileName()));
            return reason == null
                    ? new Judged(key, new FoundFile(path, State.FOLLOWED, size, kind(path, first), ""), first.isLong())
                    : new Judged(key, new FoundFile(path, State.SKIPPED, size, null, reason), first.isLong());
        } catch (IOException e) {
            return new Judged(
                    null, new FoundFile(path, State.UNREADABLE, size, kind(path, FirstBytes.NONE), reason(e)), false);
        }
    }

    private Kind kind(Path path, FirstBytes first) {
        String text = path.toString();
        String parser = guess.parserOf(text, first.bytes());
        FileOrigin origin = Origins.of(text);
        return new Kind(
                KindOfProgram.of(parser, origin.service()),
                parser,
                names.of(path).name(),
                origin.service(),
                origin.component());
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
