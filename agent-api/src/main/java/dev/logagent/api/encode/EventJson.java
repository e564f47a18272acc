package dev.logagent.api.encode;

import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event as a JSON object with everything known about it; its JSON Schema is {@code docs/event.schema.json}. */
public final class EventJson {

    private static final byte[] ID = JsonBuffer.ascii("{\"id\":\"");
    private static final byte[] TIMESTAMP = JsonBuffer.ascii("\",\"timestamp\":\"");
    private static final byte[] DETECTED_AT = JsonBuffer.ascii("\",\"detected_at\":\"");
    private static final byte[] LEVEL = JsonBuffer.ascii("\",\"level\":\"");
    private static final byte[] MESSAGE = JsonBuffer.ascii("\",\"message\":\"");
    private static final byte[] RAW = JsonBuffer.ascii("\",\"raw\":\"");
    private static final byte[] OFFSET = JsonBuffer.ascii(",\"offset\":");
    private static final byte[] METADATA = JsonBuffer.ascii(",\"metadata\":{");

    private EventJson() {}

    /**
     * Appends the event as one JSON object, without a newline.
     *
     * @param agentName the configured name of the agent
     * @param routingKey the key the event is published with, or null where the transport has none
     */
    public static void write(LogEvent event, String agentName, @Nullable String routingKey, JsonBuffer out) {
        new OfRun(event.run(), agentName).write(event.line(), routingKey, out);
    }

    /** Writes the events of one run; what they have in common is encoded once. Immutable. */
    public static final class OfRun {

        private final LineRun run;
        private final byte[] beforeOffset;
        private final byte[] times;
        private final byte[] source;
        private final byte[] metadata;

        /** @param agentName the configured name of the agent */
        public OfRun(LineRun run, String agentName) {
            this.run = run;
            JsonBuffer out = new JsonBuffer(256);
            this.beforeOffset = out.raw(ID).hex(run.file().lineage()).raw('-').toByteArray();
            out.clear();
            this.times = writeTimes(run, out).toByteArray();
            out.clear();
            this.source = writeSource(run, agentName, out).toByteArray();
            out.clear();
            this.metadata = writeMetadata(run.source().tags(), false, out).toByteArray();
        }

        /**
         * Appends the event of one line as one JSON object, without a newline.
         *
         * @param routingKey the key the event is published with, or null where the transport has none
         */
        public void write(int line, @Nullable String routingKey, JsonBuffer out) {
            int start = run.start(line);
            int end = run.end(line);
            long offset = run.offset(line);
            out.raw(beforeOffset).raw(JsonBuffer.ascii(Long.toHexString(offset)));
            out.raw(times);
            out.raw(JsonBuffer.ascii(Level.detect(run.bytes(), start, end).name()));
            out.raw(MESSAGE).escaped(run.bytes(), start, end);
            out.raw(RAW).escaped(run.bytes(), start, end);
            out.raw(source).raw(JsonBuffer.ascii(Long.toString(offset)));
            out.member("routing_key", routingKey);
            if (run.isPartial(line)) {
                writeMetadata(run.source().tags(), true, out);
            } else {
                out.raw(metadata);
            }
            out.raw('}');
        }
    }

    private static JsonBuffer writeTimes(LineRun run, JsonBuffer out) {
        out.raw(TIMESTAMP);
        Rfc3339.write(run.detectedAtMillis(), out);
        out.raw(DETECTED_AT);
        Rfc3339.write(run.detectedAtMillis(), out);
        return out.raw(LEVEL);
    }

    private static JsonBuffer writeSource(LineRun run, String agentName, JsonBuffer out) {
        SourceInfo source = run.source();
        out.raw('"');
        out.member("source", source.name())
                .member("service", new LogEvent(run, 0).service())
                .member("component", source.component())
                .member("agent", agentName)
                .member("host", source.host())
                .member("region", source.region())
                .member("classification", source.classification())
                .member("file", run.file().path());
        return out.raw(OFFSET);
    }

    private static JsonBuffer writeMetadata(Map<String, String> tags, boolean partial, JsonBuffer out) {
        out.raw(METADATA);
        boolean first = true;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            if (!first) {
                out.raw(',');
            }
            first = false;
            out.string(tag.getKey()).raw(':').string(tag.getValue());
        }
        if (partial) {
            out.raw(JsonBuffer.ascii(first ? "\"partial\":true" : ",\"partial\":true"));
        }
        return out.raw('}');
    }
}
