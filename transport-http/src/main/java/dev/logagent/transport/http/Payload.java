package dev.logagent.transport.http;

import dev.logagent.api.encode.JsonBuffer;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request at a time, with buffers that are used again for the next. Confined to the thread that has
 * taken it from {@link PayloadPool}; OkHttp writes an HTTP/1.1 body on the thread that executes the call, so nobody reads
 * the buffers once the call has returned.
 */
final class Payload extends RequestBody {

    private final JsonBuffer json;
    private final @Nullable Gzip gzip;
    private boolean answered;

    Payload(boolean compressed, int initialCapacity) {
        this.json = new JsonBuffer(initialCapacity);
        this.gzip = compressed ? new Gzip(initialCapacity / 4) : null;
    }

    /** The empty buffer to write the next payload to; {@link #finish} must follow. */
    JsonBuffer begin() {
        json.clear();
        answered = false;
        return json;
    }

    /** Ends the payload that was begun. */
    void finish() {
        if (gzip != null) {
            gzip.compress(json.array(), json.length());
        }
    }

    /** From now on, OkHttp must not send the body again of its own accord. */
    void markAnswered() {
        answered = true;
    }

    /** The bytes that the buffers keep. */
    long capacity() {
        return json.array().length + (gzip == null ? 0L : gzip.array().length);
    }

    /** Gives up what is not on the Java heap. */
    void release() {
        if (gzip != null) {
            gzip.close();
        }
    }

    /** Null, because the header is part of the request that all others are made from. */
    @Override
    public @Nullable MediaType contentType() {
        return null;
    }

    @Override
    public long contentLength() {
        return gzip == null ? json.length() : gzip.length();
    }

    /**
     * Once the server has answered, only the agent decides whether the batch is sent again: without this, OkHttp would
     * repeat requests answered with 408, or with 503 and {@code Retry-After: 0}.
     *
     * <p>Before an answer, OkHttp repeats a request once when a connection that was kept alive turns out to be closed,
     * which servers do all the time to idle connections. The batch may then arrive twice, as it may with every
     * repetition by the agent, and under the same {@code Idempotency-Key}.
     */
    @Override
    public boolean isOneShot() {
        return answered;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        if (gzip == null) {
            sink.write(json.array(), 0, json.length());
        } else {
            sink.write(gzip.array(), 0, gzip.length());
        }
    }
}
