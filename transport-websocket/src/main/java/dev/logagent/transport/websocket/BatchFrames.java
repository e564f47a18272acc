package dev.logagent.transport.websocket;

import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.transport.TransportContext;

/** Writes what a text frame carries: a batch and its id. Stateless: any number of threads may share one. */
final class BatchFrames {

    private static final byte[] ID = JsonBuffer.ascii("{\"batchId\":\"");
    private static final byte[] NUMBER = JsonBuffer.ascii("\",\"batchNumber\":");
    private static final byte[] END_OF_ENVELOPE = JsonBuffer.ascii("}\n");

    private final String agentName;
    private final Format format;
    private final PayloadEncoder encoder;

    BatchFrames(TransportContext context) {
        this.agentName = context.agentName();
        this.format = context.format();
        this.encoder = context.encoder();
    }

    /** Appends the frame of a batch to an empty buffer. */
    void write(Batch batch, JsonBuffer out) {
        envelope(batch.id(), batch.number(), out);
        if (format == Format.EVENT) {
            out.raw(END_OF_ENVELOPE);
            encoder.encode(batch, out);
        } else {
            int brace = out.length();
            encoder.encode(batch, out);
            // The payload is an object: its members follow those of the envelope in the same object.
            out.array()[brace] = ',';
        }
    }

    /** Appends the frame of a batch without events. */
    void writeEmpty(String id, JsonBuffer out) {
        envelope(id, 0, out);
        if (format == Format.EVENT) {
            out.raw(END_OF_ENVELOPE);
        } else {
            out.raw(JsonBuffer.ascii(",\"agentName\":")).string(agentName).raw(JsonBuffer.ascii(",\"sources\":[]}"));
        }
    }

    private static void envelope(String id, long number, JsonBuffer out) {
        out.raw(ID).raw(JsonBuffer.ascii(id)).raw(NUMBER).raw(JsonBuffer.ascii(Long.toString(number)));
    }
}
