package dev.logagent.core.status;

import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import java.util.concurrent.atomic.LongAdder;

/** Counts the lines of one format. Safe for use by several threads. */
final class TypeFigures {

    private final LongAdder lines = new LongAdder();
    private final LongAdder unparsed = new LongAdder();
    private final LongAdder warnings = new LongAdder();
    private final LongAdder errors = new LongAdder();

    void add(LineRun run, int notOfIt) {
        int warned = 0;
        int failed = 0;
        for (int line = 0; line < run.count(); line++) {
            Level level = run.level(line);
            if (level.compareTo(Level.WARNING) > 0) {
                failed++;
            } else if (level == Level.WARNING) {
                warned++;
            }
        }
        lines.add(run.count());
        unparsed.add(notOfIt);
        warnings.add(warned);
        errors.add(failed);
    }

    LogType now() {
        return new LogType(lines.sum(), unparsed.sum(), warnings.sum(), errors.sum());
    }
}
