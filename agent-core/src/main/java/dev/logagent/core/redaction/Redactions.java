package dev.logagent.core.redaction;

import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.RedactionConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules on the way to an output, for lines that come back from the disk: a rule may be newer than they are. What has
 * been taken out of them before is not counted again. Safe for use by several threads.
 */
public final class Redactions {

    private final List<RedactionConfig> rules;
    private final OutputConfig output;
    private final Map<SourceInfo, RuleSet> bySource = new HashMap<>();

    public Redactions(List<RedactionConfig> rules, OutputConfig output) {
        this.rules = List.copyOf(rules);
        this.output = output;
    }

    /** The run without what must not leave; the same run if there is nothing to take out. */
    public LineRun redact(LineRun run) {
        if (rules.isEmpty()) {
            return run;
        }
        synchronized (bySource) {
            return bySource.computeIfAbsent(run.source(), this::rulesFor).redacted(run);
        }
    }

    private RuleSet rulesFor(SourceInfo source) {
        return new RuleSet(
                rules.stream().filter(rule -> rule.appliesTo(source, output)).toList());
    }
}
