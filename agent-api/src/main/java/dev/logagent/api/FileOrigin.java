package dev.logagent.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file's path says about all of its lines.
 *
 * @param service the service that writes such a file, or null
 * @param component the part of the service, or null
 * @param metadata the container, pod and the like; often empty
 */
public record FileOrigin(@Nullable String service, @Nullable String component, Map<String, String> metadata) {

    /** A path that says nothing. */
    public static final FileOrigin UNKNOWN = new FileOrigin(null, Map.of());

    /** A path that names no component. */
    public FileOrigin(@Nullable String service, Map<String, String> metadata) {
        this(service, null, metadata);
    }

    public FileOrigin {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
