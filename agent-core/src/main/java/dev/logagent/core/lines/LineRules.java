package dev.logagent.core.lines;

import dev.logagent.api.SourceInfo;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.multiline.Grouping;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What makes a line of a source.
 *
 * @param maxLineBytes longer lines go on in pieces
 * @param grouping which lines belong together, or null if every line is an event
 * @param groupTimeout how long an event waits for its next line
 * @param encoding of the text, or null for UTF-8
 */
public record LineRules(
        SourceInfo source,
        int maxLineBytes,
        @Nullable Grouping grouping,
        Duration groupTimeout,
        @Nullable TextEncoding encoding,
        AgentEvents events) {

    /** Every line is an event. */
    public LineRules(SourceInfo source, int maxLineBytes, AgentEvents events) {
        this(source, maxLineBytes, null, Duration.ZERO, null, events);
    }
}
