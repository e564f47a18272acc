package dev.logagent.dist.commands;

import dev.logagent.core.deadletter.DeadLetter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class LetterFilter {

    @Option(names = "--output", paramLabel = "NAME", description = "Only those of this output.")
    @Nullable String output;

    @Option(names = "--source", paramLabel = "NAME", description = "Only those of this source.")
    private @Nullable String source;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Only those whose reason contains this, in any case.")
    private @Nullable String reason;

    boolean matches(DeadLetter letter) {
        return (source == null || letter.event().source().name().equals(source))
                && (reason == null
                        || letter.reason().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT)));
    }
}
