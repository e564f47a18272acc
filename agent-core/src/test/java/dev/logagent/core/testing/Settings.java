package dev.logagent.core.testing;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.BufferConfig.OnFull;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.GlobalConfig.Ordering;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.RateConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SourceConfig.Priority;
import dev.logagent.core.config.SourceConfig.StartAt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes configurations for tests: quick, small, reading from the beginning unless told otherwise. */
public final class Settings {

    private final Path stateDir;
    private final List<SourceConfig> sources = new ArrayList<>();
    private int sendTasks = 2;
    private int retryCount = 3;
    private int channelBound = 16;
    private int maxLineBytes = 1 << 20;
    private int batchSize = 100;
    private int grownBatchSize;
    private long batchBytes = 1 << 20;
    private long memory = 4 << 20;
    private long disk = 64 << 20;
    private OnFull onFull = OnFull.BLOCK;
    private Ordering ordering = Ordering.SOURCE;
    private ParserConfig parser = ParserConfig.unset();
    private MultilineConfig multiline = MultilineConfig.NONE;
    private Priority priority = Priority.NORMAL;
    private InputConfig.Files files = InputConfig.Files.ALL;
    private RateConfig rate = RateConfig.UNLIMITED;
    private Set<Level> urgent = Set.of();
    private StartAt startAt = StartAt.BEGINNING;
    private Duration interval = Duration.ofMillis(5);
    private Duration retryDelay = Duration.ofMillis(5);
    private Duration shutdown = Duration.ofSeconds(20);

    private Settings(Path stateDir) {
        this.stateDir = stateDir;
    }

    public static Settings in(Path stateDir) {
        return new Settings(stateDir);
    }

    /** Adds a source; what {@link #startAt} was told before counts for it. */
    public Settings source(String name, Object... paths) {
        List<String> texts = new ArrayList<>();
        for (Object path : paths) {
            texts.add(path.toString());
        }
        sources.add(new SourceConfig(
                SourceInfo.named(name),
                texts,
                List.of(),
                Duration.ofMillis(20),
                startAt,
                parser,
                multiline,
                files,
                priority,
                rate,
                null));
        return this;
    }

    /** Adds a source that is no set of files. */
    public Settings source(String name, InputConfig input) {
        sources.add(new SourceConfig(
                SourceInfo.named(name),
                List.of(),
                List.of(),
                Duration.ofMillis(20),
                startAt,
                parser,
                multiline,
                input,
                priority,
                rate,
                null));
        return this;
    }

    /** Looks for logs below a folder. */
    public Settings discovery(Path folder) {
        sources.add(SourceConfig.discovered(
                SourceInfo.named(DiscoveryConfig.NAME), startAt, DiscoveryConfig.DEFAULTS.only(folder.toString())));
        return this;
    }

    /** For the sources that are added afterwards. */
    public Settings priority(Priority hurry) {
        priority = hurry;
        return this;
    }

    /** For the sources that are added afterwards. */
    public Settings rate(long linesPerSecond, long bytesPerSecond) {
        rate = new RateConfig(linesPerSecond, bytesPerSecond);
        return this;
    }

    /** A parsed line of such a level makes its batch leave at once. */
    public Settings urgent(Level... levels) {
        urgent = Set.of(levels);
        return this;
    }

    /** For the sources that are added afterwards. */
    public Settings files(int skipLines, Duration ignoreOlder) {
        files = new InputConfig.Files(null, skipLines, ignoreOlder);
        return this;
    }

    /** Adds a source. */
    public Settings source(SourceConfig source) {
        sources.add(source);
        return this;
    }

    /** For the sources that are added afterwards. */
    public Settings parser(String name) {
        parser = ParserConfig.of(name);
        return this;
    }

    /** For the sources that are added afterwards. */
    public Settings multiline(String preset, Duration timeout) {
        multiline = new MultilineConfig(preset, null, null, null, timeout);
        return this;
    }

    public Settings startAt(StartAt where) {
        startAt = where;
        return this;
    }

    public Settings ordering(Ordering order) {
        ordering = order;
        return this;
    }

    public Settings sendTasks(int count) {
        sendTasks = count;
        return this;
    }

    public Settings retryCount(int count) {
        retryCount = count;
        return this;
    }

    public Settings channelBound(int bound) {
        channelBound = bound;
        return this;
    }

    public Settings maxLineBytes(int bytes) {
        maxLineBytes = bytes;
        return this;
    }

    public Settings batchSize(int events) {
        batchSize = events;
        return this;
    }

    public Settings grownBatchSize(int events) {
        grownBatchSize = events;
        return this;
    }

    public Settings batchBytes(long bytes) {
        batchBytes = bytes;
        return this;
    }

    public Settings memory(long bytes) {
        memory = bytes;
        return this;
    }

    public Settings disk(long bytes) {
        disk = bytes;
        return this;
    }

    public Settings onFull(OnFull policy) {
        onFull = policy;
        return this;
    }

    public Settings interval(Duration wait) {
        interval = wait;
        return this;
    }

    public Settings retryDelay(Duration delay) {
        retryDelay = delay;
        return this;
    }

    public Settings shutdown(Duration timeout) {
        shutdown = timeout;
        return this;
    }

    public GlobalConfig global() {
        return new GlobalConfig(
                "test",
                sendTasks,
                retryCount,
                retryDelay,
                channelBound,
                interval,
                batchSize,
                Math.max(batchSize, grownBatchSize),
                batchBytes,
                stateDir,
                ordering,
                maxLineBytes,
                shutdown,
                urgent);
    }

    public AgentConfig agent() {
        return new AgentConfig(global(), sources, buffer());
    }

    public BufferConfig buffer() {
        return new BufferConfig(memory, disk, onFull);
    }

    /** The only output, to which everything may go. */
    public OutputConfig output() {
        return new OutputConfig(OutputConfig.DEFAULT_NAME, global(), Set.of());
    }
}
