package dev.logagent.core.config;

import dev.logagent.api.SourceInfo;
import java.time.Duration;
import java.util.List;

/**
 * One {@code [[sources]]} table: files that are read as one source.
 *
 * @param info the name, and what is sent along with every event
 * @param logPaths paths or globs, absolute; at least one
 * @param exclude globs of paths that are left out, absolute
 * @param delay how often files are looked at where the system does not tell of changes
 * @param startAt where to begin with files that exist when the source is started for the first time ever
 * @param parser how lines are understood
 * @param multiline which lines belong together
 */
public record SourceConfig(
        SourceInfo info,
        List<String> logPaths,
        List<String> exclude,
        Duration delay,
        StartAt startAt,
        ParserConfig parser,
        MultilineConfig multiline) {

    /** Where to begin with files that exist when the source is started for the first time ever. */
    public enum StartAt {
        BEGINNING,
        END
    }

    public SourceConfig {
        logPaths = List.copyOf(logPaths);
        exclude = List.copyOf(exclude);
        if (logPaths.isEmpty()) {
            throw new IllegalArgumentException("source '" + info.name() + "' has no path");
        }
    }

    /** A source whose lines are understood as the output's format prefers, each an event. */
    public SourceConfig(SourceInfo info, List<String> logPaths, List<String> exclude, Duration delay, StartAt startAt) {
        this(info, logPaths, exclude, delay, startAt, ParserConfig.unset(), MultilineConfig.NONE);
    }

    public String name() {
        return info.name();
    }

    SourceConfig fromTheBeginning() {
        return new SourceConfig(info, logPaths, exclude, delay, StartAt.BEGINNING, parser, multiline);
    }
}
