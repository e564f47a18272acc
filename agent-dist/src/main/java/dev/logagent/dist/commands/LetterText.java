package dev.logagent.dist.commands;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.logagent.core.deadletter.DeadLetter;

/** Dead letters as text. */
final class LetterText {

    private LetterText() {}

    /** Where the event is from. */
    static String origin(DeadLetter letter) {
        return letter.event().source().name() + "  "
                + letter.event().run().file().path() + ":" + letter.event().offset();
    }

    /** The letter's JSON object with one more member. */
    static String withOutput(String json, String output) {
        String name = new String(JsonStringEncoder.getInstance().quoteAsString(output));
        return "{\"output\":\"" + name + "\"," + json.substring(1);
    }
}
