package dev.logagent.core.routing;

import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lets the lines of certain levels pass to an output, and takes the others off the books. Stateless but for what it is given.
 *
 * @param levels the levels that pass
 * @param next takes a run that passes; gives false if the agent stops
 * @param elsewhere told of lines that are not for this output: they are resolved
 */
public record LineFilter(Set<Level> levels, Predicate<LineRun> next, Consumer<LineRun> elsewhere)
        implements Predicate<LineRun> {

    /** Passes on what is to pass of a run. Gives false if the agent stops; then the run counts as not taken. */
    @Override
    public boolean test(LineRun run) {
        int from = 0;
        while (from < run.count()) {
            boolean passes = passes(run, from);
            int to = from + 1;
            while (to < run.count() && passes(run, to) == passes) {
                to++;
            }
            LineRun slice = run.slice(from, to);
            if (!passes) {
                elsewhere.accept(slice);
            } else if (!next.test(slice)) {
                return false;
            }
            from = to;
        }
        return true;
    }

    private boolean passes(LineRun run, int line) {
        return levels.contains(run.level(line));
    }
}
