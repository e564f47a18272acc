package dev.logagent.dist.receive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the receiver has seen since it started. Safe for use by several threads. */
public final class ReceiverStats {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int REMEMBERED_KEYS = 10_000;

    private final long startedNanos = System.nanoTime();
    private final Map<String, Long> eventsBySource = new LinkedHashMap<>();
    private final Set<String> recentKeys = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_KEYS;
        }
    });
    private long requests;
    private long events;
    private long bytes;
    private long failed;
    private long malformed;
    private long repeated;

    /** Counts a request and gives its number, from 1. */
    synchronized long request(long bodyBytes) {
        bytes += bodyBytes;
        return ++requests;
    }

    synchronized void failedOnPurpose() {
        failed++;
    }

    synchronized void malformed() {
        malformed++;
    }

    /** @param key the request's {@code Idempotency-Key}, or null */
    synchronized void accepted(List<ReceivedEvent> accepted, @Nullable String key) {
        events += accepted.size();
        accepted.forEach(event -> eventsBySource.merge(event.source(), 1L, Long::sum));
        if (key != null && !recentKeys.add(key)) {
            repeated++;
        }
    }

    /** Events accepted so far. */
    public synchronized long events() {
        return events;
    }

    /** Requests seen so far, failed ones included. */
    public synchronized long requests() {
        return requests;
    }

    /** The answer to {@code GET /stats}. */
    synchronized String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("uptime_ms", (System.nanoTime() - startedNanos) / 1_000_000);
            json.writeNumberField("requests", requests);
            json.writeNumberField("events", events);
            json.writeNumberField("bytes", bytes);
            json.writeNumberField("failed_on_purpose", failed);
            json.writeNumberField("malformed", malformed);
            json.writeNumberField("repeated_batches", repeated);
            json.writeObjectFieldStart("sources");
            for (Map.Entry<String, Long> source : eventsBySource.entrySet()) {
                json.writeNumberField(source.getKey(), source.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }
}
