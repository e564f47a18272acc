package dev.logagent.core.routing;

import dev.logagent.api.LineRun;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Lets the lines that are for an output pass, and takes the others off the books. Every output has to judge a line alike,
 * or it could be for none: so each judges it as it was read, before what is its own (redaction, parsing) is done to it.
 *
 * @param share what passes
 * @param judge finds level and service of each line, by nothing but the line and its file's path
 * @param next takes a run that passes; gives false if the agent stops
 * @param elsewhere told of lines that are not for this output: they are resolved
 */
public record LineFilter(
        Share share, UnaryOperator<LineRun> judge, Predicate<LineRun> next, Consumer<LineRun> elsewhere)
        implements Predicate<LineRun> {

    /** Passes on what is to pass of a run. Gives false if the agent stops; then the run counts as not taken. */
    @Override
    public boolean test(LineRun run) {
        LineRun judged = judge.apply(run);
        int from = 0;
        while (from < run.count()) {
            boolean passes = share.has(judged, from);
            int to = from + 1;
            while (to < run.count() && share.has(judged, to) == passes) {
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
}
