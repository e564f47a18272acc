package dev.logagent.api.encode;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;

/** A batch as one event object a line. */
final class EventLines implements PayloadEncoder {

    private final EventStyle style;

    EventLines(EventStyle style) {
        this.style = style;
    }

    @Override
    public String contentType() {
        return Format.EVENT.contentType();
    }

    @Override
    public void encode(Batch batch, JsonBuffer out) {
        EventJson json = new EventJson(batch.agentName(), style);
        for (LineRun run : batch.runs()) {
            EventJson.OfRun events = json.of(run);
            for (int line = 0; line < run.count(); line++) {
                events.write(line, null, out);
                out.raw('\n');
            }
        }
    }
}
