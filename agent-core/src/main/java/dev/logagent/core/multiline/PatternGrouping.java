package dev.logagent.core.multiline;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.logagent.core.config.MultilineConfig;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines that regular expressions keep together. The engine's time grows only with the line. */
final class PatternGrouping implements Grouping {

    private final @Nullable Pattern start;
    private final @Nullable Pattern goOn;
    private final @Nullable Pattern end;

    PatternGrouping(MultilineConfig config) {
        start = pattern(config.start());
        goOn = pattern(config.goOn());
        end = pattern(config.end());
    }

    private static @Nullable Pattern pattern(@Nullable String regex) {
        try {
            return regex == null ? null : Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + ": '" + e.getPattern() + "'", e);
        }
    }

    @Override
    public boolean continues(byte[] bytes, int eventStart, int from, int to) {
        if (start != null && found(start, bytes, from, to)) {
            return false;
        }
        // With an end alone, everything up to it belongs together.
        return goOn == null || found(goOn, bytes, from, to);
    }

    @Override
    public boolean ends(byte[] bytes, int from, int to) {
        return end != null && found(end, bytes, from, to);
    }

    private static boolean found(Pattern pattern, byte[] bytes, int from, int to) {
        return pattern.matcher(Arrays.copyOfRange(bytes, from, to)).find();
    }
}
