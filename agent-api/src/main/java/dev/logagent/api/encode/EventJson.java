package dev.logagent.api.encode;

import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.ParsedLines;
import dev.logagent.api.SourceInfo;
import org.jspecify.annotations.Nullable;

/** One event as a JSON object with everything known about it; its JSON Schema is {@code docs/event.schema.json}. */
public final class EventJson {

    private static final byte[] ID = JsonBuffer.ascii("{\"id\":\"");
    private static final byte[] TIMESTAMP = JsonBuffer.ascii("\",\"timestamp\":\"");
    private static final byte[] DETECTED_AT = JsonBuffer.ascii("\",\"detected_at\":\"");
    private static final byte[] LEVEL = JsonBuffer.ascii("\",\"level\":\"");
    private static final byte[] MESSAGE = JsonBuffer.ascii("\",\"message\":\"");
    private static final byte[] RAW = JsonBuffer.ascii("\",\"raw\":\"");
    private static final byte[] SERVICE = JsonBuffer.ascii(",\"service\":\"");
    private static final byte[] COMPONENT = JsonBuffer.ascii(",\"component\":\"");
    private static final byte[] OFFSET = JsonBuffer.ascii(",\"offset\":");
    private static final byte[] METADATA = JsonBuffer.ascii(",\"metadata\":{");
    private static final byte[] PARTIAL = JsonBuffer.ascii("\"partial\":true");

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
        private final @Nullable ParsedLines parsed;
        private final byte[] beforeOffset;
        private final byte[] afterTimestamp;
        private final byte[] source;
        private final byte[] service;
        private final byte[] component;
        private final byte[] agent;
        private final MetadataJson metadata;

        /** @param agentName the configured name of the agent */
        public OfRun(LineRun run, String agentName) {
            this.run = run;
            this.parsed = run.parsed();
            SourceInfo info = run.source();
            JsonBuffer out = new JsonBuffer(256);
            this.beforeOffset = out.raw(ID).hex(run.file().lineage()).raw('-').toByteArray();
            out.clear();
            out.raw(DETECTED_AT);
            Rfc3339.write(run.detectedAtMillis(), out);
            this.afterTimestamp = out.raw(LEVEL).toByteArray();
            out.clear();
            this.source = out.raw('"').member("source", info.name()).toByteArray();
            out.clear();
            this.service = out.member("service", serviceUnlessFound(run)).toByteArray();
            out.clear();
            this.component = out.member("component", info.component()).toByteArray();
            out.clear();
            out.member("agent", agentName)
                    .member("host", info.host())
                    .member("region", info.region())
                    .member("classification", info.classification())
                    .member("file", run.file().path());
            this.agent = out.raw(OFFSET).toByteArray();
            this.metadata = new MetadataJson(run, true);
        }

        private static String serviceUnlessFound(LineRun run) {
            ParsedLines found = run.parsed();
            String told = found == null ? null : found.origin().service();
            return run.source().service() == null && told != null
                    ? told
                    : run.source().effectiveService();
        }

        /**
         * Appends the event of one line as one JSON object, without a newline.
         *
         * @param routingKey the key the event is published with, or null where the transport has none
         */
        public void write(int line, @Nullable String routingKey, JsonBuffer out) {
            byte[] text = run.bytes(line);
            int start = run.start(line);
            int end = run.end(line);
            long offset = run.offset(line);
            out.raw(beforeOffset).raw(JsonBuffer.ascii(Long.toHexString(offset)));
            out.raw(TIMESTAMP);
            Rfc3339.write(run.timestampMillis(line), out);
            out.raw(afterTimestamp);
            out.raw(JsonBuffer.ascii(run.level(line).name()));
            out.raw(MESSAGE);
            ParsedLines.Visitor inside = (bytes, from, to, isJson) -> out.text(bytes, from, to, isJson);
            if (parsed == null || !parsed.visitMessage(run, line, inside)) {
                out.escaped(text, start, end);
            }
            out.raw(RAW).escaped(text, start, end);
            out.raw(source);
            writeService(line, out);
            out.raw(agent).raw(JsonBuffer.ascii(Long.toString(offset)));
            out.member("routing_key", routingKey);
            writeMetadata(line, out);
            out.raw('}');
        }

        private void writeService(int line, JsonBuffer out) {
            if (parsed == null
                    || run.source().service() != null
                    || !parsed.visitService(
                            run,
                            line,
                            (bytes, from, to, isJson) -> out.raw(SERVICE)
                                    .text(bytes, from, to, isJson)
                                    .raw('"'))) {
                out.raw(service);
            }
            if (parsed == null
                    || run.source().component() != null
                    || !parsed.visitComponent(
                            run,
                            line,
                            (bytes, from, to, isJson) -> out.raw(COMPONENT)
                                    .text(bytes, from, to, isJson)
                                    .raw('"'))) {
                out.raw(component);
            }
        }

        private void writeMetadata(int line, JsonBuffer out) {
            out.raw(METADATA);
            int before = out.length();
            metadata.write(run, line, out);
            if (run.isPartial(line)) {
                if (out.length() > before) {
                    out.raw(',');
                }
                out.raw(PARTIAL);
            }
            out.raw('}');
        }
    }
}
