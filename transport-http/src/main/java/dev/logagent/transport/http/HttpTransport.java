package dev.logagent.transport.http;

import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.transport.Excerpt;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends each batch as one request, on the calling thread, and waits for the answer. Safe for use by several threads.
 *
 * <p>An interrupt ends the wait: it closes the connection's channel, see {@link ChannelSockets}.
 */
final class HttpTransport implements Transport {

    private static final int MOST_REDIRECTS = 5;

    /** What is read of a body at most: enough for a message, and to use the connection again after most answers. */
    private static final long MOST_READ_BYTES = 64L * 1024;

    /** More than enough for an excerpt. */
    private static final int MESSAGE_BYTES = 4_096;

    private final OkHttpClient client;
    private final Request template;
    private final TransportContext context;
    private final PayloadEncoder encoder;
    private final String method;
    private final PayloadPool payloads;
    private final HttpOutcome outcome;

    /** @param template address and headers of every request */
    HttpTransport(
            OkHttpClient client,
            Request template,
            TransportContext context,
            PayloadPool payloads,
            HttpOutcome outcome) {
        this.client = client;
        this.template = template;
        this.context = context;
        this.encoder = context.encoder();
        this.method = context.options().string("method");
        this.payloads = payloads;
        this.outcome = outcome;
    }

    @Override
    public SendResult send(Batch batch) throws InterruptedException {
        Payload payload = payloads.take();
        try {
            encoder.encode(batch, payload.begin());
            payload.finish();
            Request request = template.newBuilder()
                    .header("Idempotency-Key", batch.id())
                    .header("Log-Agent-Batch", Long.toString(batch.number()))
                    .method(method, payload)
                    .build();
            Exchange exchange = exchange(request);
            return outcome.of(exchange.response(), exchange.excerpt());
        } catch (IOException e) {
            return outcome.of(notInterrupted(e));
        } finally {
            payloads.giveBack(payload);
        }
    }

    /** Sends a payload without a single event, by the same way and with the same credentials as any other. */
    @Override
    public String check() throws IOException, InterruptedException {
        Exchange exchange = sendNoEvents();
        SendResult result = outcome.of(exchange.response(), exchange.excerpt());
        String what = method + " " + shown(template.url()) + " with an empty batch: "
                + outcome.reason(exchange.response(), exchange.excerpt());
        if (result instanceof SendResult.Delivered) {
            return what;
        }
        if (result instanceof SendResult.Rejected) {
            return what + " (reached and let in; the server only refuses a batch without events)";
        }
        throw new IOException(what);
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        payloads.close();
    }

    private Exchange sendNoEvents() throws IOException, InterruptedException {
        Payload payload = payloads.take();
        try {
            JsonBuffer json = payload.begin();
            if (context.format() != Format.EVENT) {
                json.raw(JsonBuffer.ascii("{\"agentName\":"))
                        .string(context.agentName())
                        .raw(JsonBuffer.ascii(",\"sources\":[]}"));
            }
            payload.finish();
            return exchange(template.newBuilder().method(method, payload).build());
        } catch (IOException e) {
            throw new IOException(outcome.reason(notInterrupted(e)), e);
        } finally {
            payloads.giveBack(payload);
        }
    }

    private Exchange exchange(Request first) throws IOException {
        Request request = first;
        for (int redirects = 0; ; redirects++) {
            Call call = client.newCall(request);
            try (Response response = call.execute()) {
                String excerpt = excerpt(call, response);
                Request next = redirects < MOST_REDIRECTS ? redirected(request, response) : null;
                if (next == null) {
                    return new Exchange(response, excerpt);
                }
                request = next;
            }
        }
    }

    /**
     * The same request at the address that the server names, or null. Only redirects that keep method and body count, and
     * only within the same origin, so that neither logs nor credentials go where the operator did not send them.
     */
    private static @Nullable Request redirected(Request request, Response response) {
        String location = response.header("Location");
        if (location == null || (response.code() != 307 && response.code() != 308)) {
            return null;
        }
        HttpUrl from = request.url();
        HttpUrl to = from.resolve(location);
        boolean sameOrigin = to != null
                && to.scheme().equals(from.scheme())
                && to.host().equals(from.host())
                && to.port() == from.port();
        return sameOrigin ? request.newBuilder().url(to).build() : null;
    }

    /** Reads the body, so that the connection can be used again, and gives its beginning if it may explain a failure. */
    private static String excerpt(Call call, Response response) {
        Buffer start = new Buffer();
        try {
            if (!readStart(response.body(), start)) {
                call.cancel();
            }
        } catch (IOException e) {
            // The status has come, and that is what counts.
        }
        if (response.isSuccessful()) {
            return "";
        }
        int count = (int) Math.min(start.size(), MESSAGE_BYTES);
        return Excerpt.of(start.snapshot(count).string(StandardCharsets.UTF_8));
    }

    /**
     * Reads a body, but only its first 64 KiB.
     *
     * @return whether that was all, so that the connection can be used again
     */
    private static boolean readStart(ResponseBody body, Buffer into) throws IOException {
        BufferedSource source = body.source();
        while (into.size() < MOST_READ_BYTES) {
            if (source.read(into, MOST_READ_BYTES - into.size()) < 0) {
                return true;
            }
        }
        return source.exhausted();
    }

    /** The failure, unless it comes from an interrupt. */
    private static IOException notInterrupted(IOException failure) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while sending");
            interrupted.initCause(failure);
            throw interrupted;
        }
        return failure;
    }

    /** The address without its query, which may hold a secret. */
    private static String shown(HttpUrl url) {
        return url.newBuilder().query(null).build().toString();
    }

    /**
     * An answer.
     *
     * @param response closed already
     * @param excerpt the beginning of its body, empty if all went well
     */
    private record Exchange(Response response, String excerpt) {}
}
