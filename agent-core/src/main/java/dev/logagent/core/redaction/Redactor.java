package dev.logagent.core.redaction;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.MemoryBudget;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes secrets out of the lines of one source on their way to one output, rule after rule. Confined to the source's thread.
 */
public final class Redactor implements Predicate<LineRun> {

    private final RuleSet rules;
    private final MemoryBudget budget;
    private final AgentEvents events;
    private final Predicate<LineRun> next;

    /**
     * @param rules those that apply, at least one
     * @param budget charged for what is written anew
     * @param next takes a run; gives false if the agent stops
     */
    public Redactor(List<RedactionConfig> rules, MemoryBudget budget, AgentEvents events, Predicate<LineRun> next) {
        this.rules = new RuleSet(rules);
        this.budget = budget;
        this.events = events;
        this.next = next;
    }

    /** Passes the run on without what must not leave. Gives false if the agent stops; then the run counts as not taken. */
    @Override
    public boolean test(LineRun run) {
        LineRun redacted = rules.redacted(run);
        if (redacted != run) {
            rules.report(events);
            budget.adjust(MemoryBudget.cost(redacted) - MemoryBudget.cost(run));
        }
        return next.test(redacted);
    }
}
