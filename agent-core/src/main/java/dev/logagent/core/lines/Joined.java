package dev.logagent.core.lines;

import dev.logagent.api.LineRun;
import org.jspecify.annotations.Nullable;

/**
 * A run of lines of one file, and what goes with it of the file that comes next.
 *
 * @param run null if there is none yet
 * @param taken how many bytes the other file begins with that belong to events of the run
 * @param following events of the other file after those, where lines stand between that belong to events of the run; null if
 *     none do
 */
public record Joined(
        @Nullable LineRun run, int taken, @Nullable LineRun following) {}
