package dev.logagent.core;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.parser.Parsers;
import dev.logagent.core.redaction.Redactions;
import java.util.function.UnaryOperator;

/**
 * Makes lines that come back from the disk ready for their output, as those are that were just read: what must not leave by
 * the rules of now is taken out, and what was found in them is found again. Safe for use by several threads.
 */
public final class Restorer implements UnaryOperator<LineRun> {

    private final Redactions redactions;
    private final Parsers parsers;

    public Restorer(AgentConfig config, OutputConfig output) {
        this.redactions = new Redactions(config.redactions(), output);
        this.parsers = new Parsers(config.sources(), output);
    }

    @Override
    public LineRun apply(LineRun run) {
        return parsers.parse(redactions.redact(run));
    }
}
