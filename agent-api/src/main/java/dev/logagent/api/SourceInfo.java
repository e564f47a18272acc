package dev.logagent.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where events come from, as the configuration says it.
 *
 * @param name the source's unique name
 * @param service the configured service, or null
 * @param component the configured component, or null
 * @param host the host the agent runs on, or null when it is not to be sent
 * @param region the region the events belong to, or null
 * @param classification how confidential the events are, in the operator's words, or null
 * @param tags fixed key-value pairs of the source, in the configured order; empty when there are none
 */
public record SourceInfo(
        String name,
        @Nullable String service,
        @Nullable String component,
        @Nullable String host,
        @Nullable String region,
        @Nullable String classification,
        Map<String, String> tags) {

    public SourceInfo {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a source needs a name");
        }
        // Not Map.copyOf, which forgets the order.
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** A source of which only the name is configured. */
    public static SourceInfo named(String name) {
        return new SourceInfo(name, null, null, null, null, null, Map.of());
    }

    /** The same under another name. */
    public SourceInfo withName(String other) {
        return new SourceInfo(other, service, component, host, region, classification, tags);
    }

    /** The service that events belong to: the configured one, else the source's name. */
    public String effectiveService() {
        return service == null ? name : service;
    }
}
