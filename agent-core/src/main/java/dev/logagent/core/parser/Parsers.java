package dev.logagent.core.parser;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.SourceConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parsers of an output's sources, for lines that come back from the disk: they are parsed again, with the same result.
 * Safe for use by several threads.
 */
public final class Parsers {

    private final Map<String, RunParser> bySource = new HashMap<>();
    private @Nullable RunParser discovered;

    public Parsers(List<SourceConfig> sources, OutputConfig output) {
        for (SourceConfig source : sources) {
            String name = source.parser().nameFor(output.parsing());
            if (source.discovery() != null && !name.equals(ParserConfig.PLAIN)) {
                discovered = new RunParser(name, source.parser());
            } else if (!name.equals(ParserConfig.PLAIN)) {
                bySource.put(source.name(), new RunParser(name, source.parser()));
            }
        }
    }

    /** The run with what is to be found in its lines; the same run if its source is not parsed, or is neither known nor discovered. */
    public LineRun parse(LineRun run) {
        RunParser known = bySource.get(run.source().name());
        RunParser parser = known == null ? discovered : known;
        if (parser == null) {
            return run;
        }
        synchronized (parser) {
            return parser.parse(run);
        }
    }

    /** What a configuration may call a parser. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of(ParserConfig.AUTO, ParserConfig.PLAIN, ParserConfig.REGEX));
        Arrays.stream(LogFormat.values()).map(LogFormat::key).forEach(names::add);
        return names;
    }

    /** Whether the parser understands what container runtimes write. */
    public static boolean readsContainers(String name) {
        return name.equals(ParserConfig.AUTO)
                || name.equals(LogFormat.DOCKER.key())
                || name.equals(LogFormat.CRI.key());
    }

    /** What is wrong with a pattern, or null. */
    public static @Nullable String faultOf(String pattern) {
        try {
            new RegexParser(pattern);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    static LineParser parser(String name, List<String> patterns) {
        if (name.equals(ParserConfig.REGEX)) {
            return patterns.stream()
                    .map(RegexParser::new)
                    .map(LineParser.class::cast)
                    .reduce(LineParser::or)
                    .orElseThrow(() -> new IllegalArgumentException("the parser 'regex' needs a pattern"));
        }
        LogFormat format = LogFormat.named(name);
        if (format == null) {
            throw new IllegalArgumentException("there is no parser '" + name + "'");
        }
        return format.parser();
    }
}
