package dev.logagent.dist.console;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.deadletter.DeadLetter;
import dev.logagent.core.deadletter.DeadLetterFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The events that were refused last, as a JSON document. */
final class LettersJson {

    private static final int MOST = 100;
    private static final int BYTES_READ = 256 << 10;
    private static final int LONGEST_TEXT = 2_000;

    private LettersJson() {}

    private record Refused(String output, DeadLetter letter) {}

    /** What {@code /api/dead-letters} answers: the newest ones of all outputs, the newest first. */
    static Json newest(AgentConfig config) {
        List<Refused> newest = new ArrayList<>();
        Json json = new Json().object();
        json.key("problems").list();
        for (OutputConfig output : config.outputs()) {
            try {
                DeadLetterFolder.in(output.stateFolder(config.global().stateDir()))
                        .newest(BYTES_READ)
                        .forEach(letter -> newest.add(new Refused(output.name(), letter)));
            } catch (IOException e) {
                json.value("output " + output.name() + ": " + e.getMessage());
            }
        }
        newest.sort(Comparator.comparingLong((Refused each) -> each.letter.rejectedAtMillis())
                .reversed());
        json.endList().key("dead_letters").list();
        newest.stream().limit(MOST).forEach(each -> write(json, each));
        return json.endList().endObject();
    }

    private static void write(Json json, Refused refused) {
        DeadLetter letter = refused.letter;
        String text = letter.event().text();
        json.object()
                .field("id", letter.id())
                .field("output", refused.output)
                .time("rejected_at", letter.rejectedAtMillis())
                .field("reason", letter.reason())
                .field("attempts", letter.attempts())
                .field("source", letter.event().source().name())
                .field("file", letter.event().run().file().path())
                .field("text", text.substring(0, Math.min(text.length(), LONGEST_TEXT)))
                .endObject();
    }
}
