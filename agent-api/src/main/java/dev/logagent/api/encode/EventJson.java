package dev.logagent.api.encode;

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
        LineRun run = event.run();
        int start = run.start(event.line());
        int end = run.end(event.line());
        SourceInfo source = run.source();
        out.raw(ID).hex(run.file().lineage()).raw('-').raw(JsonBuffer.ascii(Long.toHexString(event.offset())));
        out.raw(TIMESTAMP);
        Rfc3339.write(run.detectedAtMillis(), out);
        out.raw(DETECTED_AT);
        Rfc3339.write(run.detectedAtMillis(), out);
        out.raw(LEVEL).raw(JsonBuffer.ascii(event.level().name()));
        out.raw(MESSAGE).escaped(run.bytes(), start, end);
        out.raw(RAW).escaped(run.bytes(), start, end).raw('"');
        out.member("source", source.name())
                .member("service", event.service())
                .member("component", source.component())
                .member("agent", agentName)
                .member("host", source.host())
                .member("region", source.region())
                .member("file", run.file().path());
        out.raw(OFFSET).raw(JsonBuffer.ascii(Long.toString(event.offset())));
        out.member("routing_key", routingKey);
        writeMetadata(source.tags(), run.isPartial(event.line()), out);
        out.raw('}');
    }

    private static void writeMetadata(Map<String, String> tags, boolean partial, JsonBuffer out) {
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
        out.raw('}');
    }
}
