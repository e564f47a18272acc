package dev.logagent.core.multiline;

import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.regex.LinePattern;
import org.jspecify.annotations.Nullable;

/** Lines that regular expressions keep together. The engine's time grows only with the line. */
final class PatternGrouping implements Grouping {

    private final @Nullable LinePattern start;
    private final @Nullable LinePattern goOn;
    private final @Nullable LinePattern end;

    PatternGrouping(MultilineConfig config) {
        start = pattern(config.start());
        goOn = pattern(config.goOn());
        end = pattern(config.end());
    }

    private static @Nullable LinePattern pattern(@Nullable String regex) {
        return regex == null ? null : LinePattern.compile(regex);
    }

    @Override
    public boolean continues(byte[] bytes, int eventStart, int from, int to) {
        if (start != null && start.isIn(bytes, from, to)) {
            return false;
        }
        // With an end alone, everything up to it belongs together.
        return goOn == null || goOn.isIn(bytes, from, to);
    }

    @Override
    public boolean ends(byte[] bytes, int from, int to) {
        return end != null && end.isIn(bytes, from, to);
    }
}
