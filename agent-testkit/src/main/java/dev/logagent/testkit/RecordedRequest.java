package dev.logagent.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A request as it came in. Immutable. */
public final class RecordedRequest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] rawBody;
    private final boolean stored;

    /** @param headers by name in lower case */
    RecordedRequest(String method, String target, Map<String, String> headers, byte[] rawBody, boolean stored) {
        this.method = method;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.rawBody = rawBody;
        this.stored = stored;
    }

    public String method() {
        return method;
    }

    /** Path and query. */
    public String target() {
        return target;
    }

    /** By name in lower case; those given several times joined by a comma. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Whether the server took it: answered 2xx, or cut the connection after storing. */
    public boolean stored() {
        return stored;
    }

    /** The bytes after removing the transfer encoding, still compressed if they were. */
    public byte[] rawBody() {
        return rawBody.clone();
    }

    /** The header's value, or null; the name is compared without case. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body, uncompressed. */
    public byte[] body() {
        if (!"gzip".equals(header("Content-Encoding"))) {
            return rawBody.clone();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(rawBody))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the body is not gzip", e);
        }
    }

    /** The body as one JSON document. */
    public JsonNode json() {
        try {
            return JSON.readTree(body());
        } catch (IOException e) {
            throw new UncheckedIOException("the body is not JSON", e);
        }
    }

    /** The log lines of one source, whether the payload is a batch or one event a line. */
    public List<String> lines(String sourceName) {
        return PayloadLines.of(body(), sourceName);
    }
}
