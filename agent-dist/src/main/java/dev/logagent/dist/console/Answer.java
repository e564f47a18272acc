package dev.logagent.dist.console;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a request is answered with. Immutable, but for the bytes of the body, which are not copied. */
final class Answer {

    private static final String JSON = "application/json; charset=utf-8";

    private final int status;
    private final String type;
    private final byte[] body;
    private final Map<String, String> headers;

    private Answer(int status, String type, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.headers = Map.copyOf(headers);
    }

    static Answer of(int status, String type, byte[] body) {
        return new Answer(status, type, body, Map.of());
    }

    static Answer json(Json document) {
        return json(200, document);
    }

    static Answer json(int status, Json document) {
        return of(status, JSON, document.bytes());
    }

    static Answer text(String type, String body) {
        return of(200, type, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A refusal, with a sentence that says what to do. */
    static Answer error(int status, String sentence) {
        return json(status, new Json().object().field("error", sentence).endObject());
    }

    /** Leads the visitor to another path. */
    static Answer seeOther(String path) {
        return of(303, "text/plain", new byte[0]).with("Location", path);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, body, more);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
