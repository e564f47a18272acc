package dev.logagent.core.redaction;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.MemoryBudget;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of the lines of one source on their way to one output, rule after rule: each sees what the one before
 * has left. Lines without any stay in the block they were read in. Confined to the source's thread.
 */
public final class Redactor implements Predicate<LineRun> {

    private final List<Rule> rules;
    private final MemoryBudget budget;
    private final AgentEvents events;
    private final Predicate<LineRun> next;

    /**
     * @param rules those that apply, at least one
     * @param budget charged for what is written anew
     * @param next takes a run; gives false if the agent stops
     */
    public Redactor(List<RedactionConfig> rules, MemoryBudget budget, AgentEvents events, Predicate<LineRun> next) {
        this.rules = rules.stream().map(Rule::new).toList();
        this.budget = budget;
        this.events = events;
        this.next = next;
    }

    /** Passes the run on without what must not leave. Gives false if the agent stops; then the run counts as not taken. */
    @Override
    public boolean test(LineRun run) {
        byte[] @Nullable [] texts = null;
        for (int line = 0; line < run.count(); line++) {
            byte[] text = redacted(run.bytes(line), run.start(line), run.end(line));
            if (text != null) {
                texts = texts == null ? new byte[run.count()][] : texts;
                texts[line] = text;
            }
        }
        if (texts == null) {
            return next.test(run);
        }
        rules.forEach(this::report);
        LineRun redacted = run.rewritten(texts);
        budget.adjust(MemoryBudget.cost(redacted) - MemoryBudget.cost(run));
        return next.test(redacted);
    }

    private byte @Nullable [] redacted(byte[] bytes, int start, int end) {
        byte[] text = null;
        for (Rule rule : rules) {
            byte[] redacted = text == null ? rule.redacted(bytes, start, end) : rule.redacted(text, 0, text.length);
            text = redacted == null ? text : redacted;
        }
        return text;
    }

    private void report(Rule rule) {
        long matches = rule.takeMatches();
        if (matches > 0) {
            events.redacted(rule.name(), matches);
        }
    }
}
