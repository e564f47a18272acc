package dev.logagent.core.parser;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.MemoryBudget;
import java.util.function.Predicate;

/** Parses the runs of one source on the detector's thread. What is found takes memory, and counts as such. */
public final class ParserStage implements Predicate<LineRun> {

    private final RunParser parser;
    private final MemoryBudget budget;
    private final AgentEvents events;
    private final Predicate<LineRun> next;

    /** @param next takes a parsed run; gives false if the agent stops */
    public ParserStage(
            String name, ParserConfig config, MemoryBudget budget, AgentEvents events, Predicate<LineRun> next) {
        this.parser = new RunParser(name, config);
        this.budget = budget;
        this.events = events;
        this.next = next;
    }

    /** Passes the parsed run on. Gives false if the agent stops; then the run counts as not taken. */
    @Override
    public boolean test(LineRun run) {
        String before = parser.formatOf(run.file());
        LineRun parsed = parser.parse(run);
        String after = parser.formatOf(run.file());
        String source = run.source().name();
        if (!after.equals(before)) {
            events.formatFound(source, run.file().path(), after);
        }
        events.linesParsed(after, parsed, parser.unparsed());
        if (parser.unparsed() > 0) {
            events.linesNotParsed(source, run.file().path(), after, parser.unparsed());
        }
        budget.adjust(MemoryBudget.cost(parsed) - MemoryBudget.cost(run));
        return next.test(parsed);
    }
}
