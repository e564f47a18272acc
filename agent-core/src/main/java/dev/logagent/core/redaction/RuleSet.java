package dev.logagent.core.redaction;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.events.AgentEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules that are applied one after the other: each sees what the one before has left. Confined to one thread. */
final class RuleSet {

    private final List<Rule> rules;

    RuleSet(List<RedactionConfig> rules) {
        this.rules = rules.stream().map(Rule::new).toList();
    }

    /** The run without what the rules find; the same run if they find nothing. Lines without any stay where they are. */
    LineRun redacted(LineRun run) {
        byte[] @Nullable [] texts = null;
        for (int line = 0; line < run.count(); line++) {
            byte[] text = redacted(run.bytes(line), run.start(line), run.end(line));
            if (text != null) {
                texts = texts == null ? new byte[run.count()][] : texts;
                texts[line] = text;
            }
        }
        return texts == null ? run : run.rewritten(texts);
    }

    private byte @Nullable [] redacted(byte[] bytes, int start, int end) {
        byte[] text = null;
        for (Rule rule : rules) {
            byte[] redacted = text == null ? rule.redacted(bytes, start, end) : rule.redacted(text, 0, text.length);
            text = redacted == null ? text : redacted;
        }
        return text;
    }

    /** Tells of the matches since the last call. */
    void report(AgentEvents events) {
        for (Rule rule : rules) {
            long matches = rule.takeMatches();
            if (matches > 0) {
                events.redacted(rule.name(), matches);
            }
        }
    }
}
