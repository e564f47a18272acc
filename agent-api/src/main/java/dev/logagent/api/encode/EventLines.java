package dev.logagent.api.encode;

import dev.logagent.api.Batch;
import dev.logagent.api.LogEvent;

/** A batch as one event object a line. */
final class EventLines implements PayloadEncoder {

    @Override
    public String contentType() {
        return Format.EVENT.contentType();
    }

    @Override
    public void encode(Batch batch, JsonBuffer out) {
        for (LogEvent event : batch.events()) {
            EventJson.write(event, batch.agentName(), null, out);
            out.raw('\n');
        }
    }
}
