package dev.logagent.core.config;

import dev.logagent.api.SourceInfo;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[sources]]} table: what is read as one source. Or {@code [discovery]}: files that are looked for, and read as
 * sources that are named after their services.
 *
 * @param info the name, and what is sent along with every event
 * @param logPaths paths or globs, absolute; at least one for files, none for anything else
 * @param exclude globs of paths that are left out, absolute
 * @param delay how often files are looked at where the system does not tell of changes
 * @param startAt where to begin with what exists when the source is started for the first time ever
 * @param parser how lines are understood
 * @param multiline which lines belong together
 * @param input what kind of thing is read
 * @param priority whether lines are sent at once
 * @param rate how much of it is read in a second
 * @param discovery how the files are found; null if {@code logPaths} says which they are
 */
public record SourceConfig(
        SourceInfo info,
        List<String> logPaths,
        List<String> exclude,
        Duration delay,
        StartAt startAt,
        ParserConfig parser,
        MultilineConfig multiline,
        InputConfig input,
        Priority priority,
        RateConfig rate,
        @Nullable DiscoveryConfig discovery) {

    /** How often files that were found are looked at where the system does not tell of changes. */
    private static final Duration DISCOVERY_DELAY = Duration.ofMillis(500);

    /** Where to begin with what exists when the source is started for the first time ever. */
    public enum StartAt {
        BEGINNING,
        END
    }

    /** How much of a hurry the lines are in. */
    public enum Priority {
        /** They are sent at once, ahead of others. */
        HIGH,
        /** They wait for their batch. */
        NORMAL
    }

    public SourceConfig {
        logPaths = List.copyOf(logPaths);
        exclude = List.copyOf(exclude);
        if (logPaths.isEmpty() == (input instanceof InputConfig.Files)) {
            throw new IllegalArgumentException(
                    "source '" + info.name() + "' " + (logPaths.isEmpty() ? "has no path" : "takes no path"));
        }
        if (parser.name() == null && input.parser() != null) {
            parser = new ParserConfig(input.parser(), parser.patterns(), parser.zone());
        }
    }

    /** A source whose lines are understood as the output's format prefers, each an event. */
    public SourceConfig(SourceInfo info, List<String> logPaths, List<String> exclude, Duration delay, StartAt startAt) {
        this(info, logPaths, exclude, delay, startAt, ParserConfig.unset(), MultilineConfig.NONE);
    }

    /** Files that are read as fast as can be, in no hurry. */
    public SourceConfig(
            SourceInfo info,
            List<String> logPaths,
            List<String> exclude,
            Duration delay,
            StartAt startAt,
            ParserConfig parser,
            MultilineConfig multiline) {
        this(info, logPaths, exclude, delay, startAt, parser, multiline, InputConfig.Files.ALL);
    }

    /** Anything that is read as fast as can be, in no hurry. */
    public SourceConfig(
            SourceInfo info,
            List<String> logPaths,
            List<String> exclude,
            Duration delay,
            StartAt startAt,
            ParserConfig parser,
            MultilineConfig multiline,
            InputConfig input) {
        this(
                info,
                logPaths,
                exclude,
                delay,
                startAt,
                parser,
                multiline,
                input,
                Priority.NORMAL,
                RateConfig.UNLIMITED,
                null);
    }

    /** The files that are looked for. */
    public static SourceConfig discovered(SourceInfo info, StartAt startAt, DiscoveryConfig discovery) {
        return new SourceConfig(
                info,
                Stream.concat(
                                discovery.scanPaths().stream().map(folder -> folder + "/**"),
                                discovery.containerPaths().stream().map(folder -> folder + "/*"))
                        .toList(),
                discovery.exclude(),
                DISCOVERY_DELAY,
                startAt,
                ParserConfig.of(ParserConfig.AUTO),
                MultilineConfig.AUTO,
                InputConfig.Files.ALL,
                Priority.NORMAL,
                RateConfig.UNLIMITED,
                discovery);
    }

    public String name() {
        return info.name();
    }

    /** Paths of files, or what is read instead, for people. */
    public List<String> shownPlaces() {
        return logPaths.isEmpty() ? List.of(input.shown()) : logPaths;
    }

    SourceConfig fromTheBeginning() {
        return new SourceConfig(
                info, logPaths, exclude, delay, StartAt.BEGINNING, parser, multiline, input, priority, rate, discovery);
    }

    /** The same for the lines of one source among those that were found. */
    public SourceConfig as(SourceInfo found) {
        return new SourceConfig(
                found, logPaths, exclude, delay, startAt, parser, multiline, input, priority, rate, discovery);
    }
}
