package dev.logagent.api.encode;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import java.util.Map;

/**
 * The payload of the Rust agent: {@code {"agentName":…,"sources":[{"sourceName":…,"logs":[{"data":…,"timestamp":…}]}]}}.
 * What the configuration says about a source (service, component, region, tags) follows the timestamp when enriched; so
 * does what a parser found, if there is one: level, time, message, metadata.
 */
final class BatchJson implements PayloadEncoder {

    private static final byte[] AGENT = JsonBuffer.ascii("{\"agentName\":");
    private static final byte[] SOURCES = JsonBuffer.ascii(",\"sources\":[");
    private static final byte[] SOURCE = JsonBuffer.ascii("{\"sourceName\":");
    private static final byte[] LOGS = JsonBuffer.ascii(",\"logs\":[");
    private static final byte[] DATA = JsonBuffer.ascii("{\"data\":\"");
    private static final byte[] NEXT_DATA = JsonBuffer.ascii(",{\"data\":\"");
    private static final byte[] TIMESTAMP = JsonBuffer.ascii("\",\"timestamp\":\"");
    private static final byte[] PARTIAL = JsonBuffer.ascii(",\"partial\":true");
    private static final byte[] END_LOGS = JsonBuffer.ascii("]}");
    private static final byte[] END = JsonBuffer.ascii("]}");

    private final boolean enriched;
    private final LevelWords levels;

    BatchJson(boolean enriched, EventStyle style) {
        this.enriched = enriched;
        this.levels = new LevelWords(style.levelCase());
    }

    @Override
    public String contentType() {
        return (enriched ? Format.BATCH : Format.RAW).contentType();
    }

    @Override
    public void encode(Batch batch, JsonBuffer out) {
        out.raw(AGENT).string(batch.agentName()).raw(SOURCES);
        SourceInfo current = null;
        for (LineRun run : batch.runs()) {
            boolean first = !run.source().equals(current);
            if (first) {
                if (current != null) {
                    out.raw(END_LOGS).raw(',');
                }
                current = run.source();
                out.raw(SOURCE).string(current.name()).raw(LOGS);
            }
            encodeLines(run, first, out);
        }
        out.raw(END_LOGS).raw(END);
    }

    private void encodeLines(LineRun run, boolean firstOfSource, JsonBuffer out) {
        byte[] tail = tail(run);
        FoundJson found = enriched && run.parsed() != null ? new FoundJson(run, run.parsed(), levels) : null;
        for (int line = 0; line < run.count(); line++) {
            out.raw(line == 0 && firstOfSource ? DATA : NEXT_DATA);
            out.escaped(run.bytes(line), run.start(line), run.end(line));
            out.raw(tail);
            if (found != null) {
                found.write(line, out);
            }
            if (run.isPartial(line)) {
                out.raw(PARTIAL);
            }
            out.raw('}');
        }
    }

    /** All that follows the data: the same for every line of a run, so it is written once. */
    private byte[] tail(LineRun run) {
        JsonBuffer tail = new JsonBuffer(64);
        tail.raw(TIMESTAMP);
        Rfc3339.write(run.detectedAtMillis(), tail);
        tail.raw('"');
        if (enriched) {
            SourceInfo source = run.source();
            tail.member("service", source.service())
                    .member("component", source.component())
                    .member("region", source.region())
                    .member("classification", source.classification());
            if (!source.tags().isEmpty()) {
                tail.raw(JsonBuffer.ascii(",\"tags\":{"));
                boolean first = true;
                for (Map.Entry<String, String> tag : source.tags().entrySet()) {
                    if (!first) {
                        tail.raw(',');
                    }
                    first = false;
                    tail.string(tag.getKey()).raw(':').string(tag.getValue());
                }
                tail.raw('}');
            }
        }
        return tail.toByteArray();
    }
}
