package dev.logagent.core.parser;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.ParserConfig;
import java.util.function.UnaryOperator;

/**
 * Finds the level and the service of lines for the routes. What it finds depends on nothing but the line and its file's path:
 * where the format is not configured, each line is tried as every format. So pipelines that have read different parts of a
 * file find the same. Confined to one thread.
 */
public final class LineJudge implements UnaryOperator<LineRun> {

    private final RunParser parser;

    /** @param name a known parser, or {@value ParserConfig#AUTO}, or {@value ParserConfig#REGEX} */
    public LineJudge(String name, ParserConfig config) {
        this.parser = RunParser.ofSingleLines(name, config);
    }

    /** The run with what was found in its lines. */
    @Override
    public LineRun apply(LineRun run) {
        return parser.parse(run);
    }
}
