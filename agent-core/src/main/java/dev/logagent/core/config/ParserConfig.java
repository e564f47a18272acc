package dev.logagent.core.config;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How lines are understood.
 *
 * @param name the parser, or null for whatever the output's format prefers
 * @param patterns regular expressions with named groups, tried in order, for the parser {@value #REGEX}
 * @param zone the zone of times that name none
 */
public record ParserConfig(@Nullable String name, List<String> patterns, ZoneId zone) {

    /** Lines are taken as they are. */
    public static final String PLAIN = "plain";

    /** The format is found out from the lines. */
    public static final String AUTO = "auto";

    /** The format is that of {@link #patterns}. */
    public static final String REGEX = "regex";

    public ParserConfig {
        patterns = List.copyOf(patterns);
    }

    /** What holds when nothing is configured. */
    public static ParserConfig unset() {
        return new ParserConfig(null, List.of(), ZoneId.systemDefault());
    }

    /** The parser with the zone of this host. */
    public static ParserConfig of(String name) {
        return new ParserConfig(name, List.of(), ZoneId.systemDefault());
    }

    /** The parser for an output: {@value #PLAIN} if its lines are not to be parsed. */
    public String nameFor(OutputConfig.Parsing parsing) {
        return switch (parsing) {
            case NEVER -> PLAIN;
            case WHEN_CONFIGURED -> name == null ? PLAIN : name;
            case ALWAYS -> name == null ? AUTO : name;
        };
    }
}
