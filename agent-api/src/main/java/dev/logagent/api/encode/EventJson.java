package dev.logagent.api.encode;

import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.ParsedLines;
import dev.logagent.api.SourceInfo;
import org.jspecify.annotations.Nullable;

/** One event as a JSON object with everything known about it; its JSON Schema is {@code docs/event.schema.json}. Immutable. */
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

    private final String agentName;
    private final LevelWords levels;
    private final boolean hasRaw;

    /** Writes events as usual. */
    public EventJson(String agentName) {
        this(agentName, EventStyle.USUAL);
    }

    /**
     * @param agentName the configured name of the agent
     * @param style how to write events
     */
    public EventJson(String agentName, EventStyle style) {
        this.agentName = agentName;
        this.levels = new LevelWords(style.levelCase());
        this.hasRaw = style.hasRaw();
    }

    /** What writes the events of one run. */
    public OfRun of(LineRun run) {
        return new OfRun(run, agentName, levels, hasRaw);
    }

    /**
     * Appends the event as one JSON object, without a newline.
     *
     * @param routingKey the key the event is published with, or null where the transport has none
     */
    public void write(LogEvent event, @Nullable String routingKey, JsonBuffer out) {
        of(event.run()).write(event.line(), routingKey, out);
    }

    /** Writes the events of one run; what they have in common is encoded once. Immutable. */
    public static final class OfRun {

        private final LineRun run;
        private final @Nullable ParsedLines parsed;
        private final LevelWords levels;
        private final boolean hasRaw;
        private final byte[] beforeOffset;
        private final byte[] detectedAt;
        private final byte[] source;
        private final byte[] service;
        private final byte[] component;
        private final byte[] agent;
        private final MetadataJson metadata;

        private OfRun(LineRun run, String agentName, LevelWords levels, boolean hasRaw) {
            this.run = run;
            this.parsed = run.parsed();
            this.levels = levels;
            this.hasRaw = hasRaw;
            SourceInfo info = run.source();
            JsonBuffer out = new JsonBuffer(256);
            this.beforeOffset = out.raw(ID).hex(run.file().lineage()).raw('-').toByteArray();
            out.clear();
            Rfc3339.write(run.detectedAtMillis(), out);
            this.detectedAt = out.toByteArray();
            out.clear();
            this.source = out.raw('"').member("source", info.name()).toByteArray();
            out.clear();
            this.service = out.member("service", serviceUnlessFound(run)).toByteArray();
            out.clear();
            this.component = out.member("component", componentUnlessFound(run)).toByteArray();
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

        private static @Nullable String componentUnlessFound(LineRun run) {
            ParsedLines found = run.parsed();
            String configured = run.source().component();
            return configured == null && found != null ? found.origin().component() : configured;
        }

        /**
         * Appends the event of one line as one JSON object, without a newline.
         *
         * @param routingKey the key the event is published with, or null where the transport has none
         */
        public void write(int line, @Nullable String routingKey, JsonBuffer out) {
            long offset = run.offset(line);
            out.raw(beforeOffset).hexNumber(offset);
            writeTimes(line, out);
            out.raw(LEVEL);
            levels.write(run.level(line), out);
            writeTexts(line, out);
            out.raw(source);
            writeService(line, out);
            out.raw(agent).number(offset);
            out.member("routing_key", routingKey);
            writeMetadata(line, out);
            out.raw('}');
        }

        private void writeTimes(int line, JsonBuffer out) {
            out.raw(TIMESTAMP);
            if (run.hasTimestamp(line)) {
                Rfc3339.write(run.timestampMillis(line), out);
            } else {
                out.raw(detectedAt);
            }
            out.raw(DETECTED_AT).raw(detectedAt);
        }

        private void writeTexts(int line, JsonBuffer out) {
            byte[] text = run.bytes(line);
            int start = run.start(line);
            int end = run.end(line);
            out.raw(MESSAGE);
            int messageStart = out.length();
            ParsedLines.Visitor visitor = (bytes, from, to, isJson) -> {
                out.text(bytes, from, to, isJson);
                if (!hasRaw) {
                    return;
                }
                int messageEnd = out.length();
                out.raw(RAW);
                boolean isPart = bytes == text && !isJson && isCharacter(text, from, end) && isCharacter(text, to, end);
                if (isPart) {
                    // Most of the line is there already, escaped.
                    out.escaped(text, start, from)
                            .again(messageStart, messageEnd)
                            .escaped(text, to, end);
                } else {
                    out.escaped(text, start, end);
                }
            };
            if (parsed == null || !parsed.visitMessage(run, line, visitor)) {
                visitor.visit(text, start, end, false);
            }
        }

        /** Whether a character begins there, or the text ends. */
        private static boolean isCharacter(byte[] text, int at, int end) {
            return at >= end || (text[at] & 0xc0) != 0x80;
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
