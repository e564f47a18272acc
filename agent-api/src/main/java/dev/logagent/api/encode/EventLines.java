package dev.logagent.api.encode;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;

/** A batch as one event object a line. */
final class EventLines implements PayloadEncoder {

    @Override
    public String contentType() {
        return Format.EVENT.contentType();
    }

    @Override
    public void encode(Batch batch, JsonBuffer out) {
        for (LineRun run : batch.runs()) {
            EventJson.OfRun events = new EventJson.OfRun(run, batch.agentName());
            for (int line = 0; line < run.count(); line++) {
                events.write(line, null, out);
                out.raw('\n');
            }
        }
    }
}
