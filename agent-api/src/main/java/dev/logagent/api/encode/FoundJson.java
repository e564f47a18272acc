package dev.logagent.api.encode;

import dev.logagent.api.LineRun;
import dev.logagent.api.ParsedLines;

/** What a parser found, as further members of a log object in the batch format. Immutable. */
final class FoundJson {

    private static final byte[] LEVEL = JsonBuffer.ascii(",\"level\":\"");
    private static final byte[] TIME = JsonBuffer.ascii(",\"time\":\"");
    private static final byte[] MESSAGE = JsonBuffer.ascii(",\"message\":\"");
    private static final byte[] SERVICE = JsonBuffer.ascii(",\"service\":\"");
    private static final byte[] COMPONENT = JsonBuffer.ascii(",\"component\":\"");
    private static final byte[] METADATA = JsonBuffer.ascii(",\"metadata\":{");

    private final LineRun run;
    private final ParsedLines parsed;
    private final LevelWords levels;
    private final byte[] service;
    private final byte[] component;
    private final MetadataJson metadata;

    FoundJson(LineRun run, ParsedLines parsed, LevelWords levels) {
        this.run = run;
        this.parsed = parsed;
        this.levels = levels;
        this.service =
                new JsonBuffer(32).member("service", parsed.origin().service()).toByteArray();
        this.component = new JsonBuffer(32)
                .member("component", parsed.origin().component())
                .toByteArray();
        this.metadata = new MetadataJson(run, false);
    }

    void write(int line, JsonBuffer out) {
        out.raw(LEVEL);
        levels.write(run.level(line), out);
        out.raw('"');
        if (run.hasTimestamp(line)) {
            out.raw(TIME);
            Rfc3339.write(run.timestampMillis(line), out);
            out.raw('"');
        }
        parsed.visitMessage(run, line, member(MESSAGE, out));
        if (run.source().service() == null && !parsed.visitService(run, line, member(SERVICE, out))) {
            out.raw(service);
        }
        if (run.source().component() == null && !parsed.visitComponent(run, line, member(COMPONENT, out))) {
            out.raw(component);
        }
        out.raw(METADATA);
        metadata.write(run, line, out);
        out.raw('}');
    }

    private static ParsedLines.Visitor member(byte[] key, JsonBuffer out) {
        return (bytes, start, end, isJson) ->
                out.raw(key).text(bytes, start, end, isJson).raw('"');
    }
}
