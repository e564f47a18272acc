package dev.logagent.core.transport;

import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Posts batches over HTTP: just enough of a transport for tests of what is around one. */
record HttpPost(HttpClient client, String url, AtomicBoolean closed) implements Transport {

    HttpPost(String url) {
        this(HttpClient.newHttpClient(), url, new AtomicBoolean());
    }

    @Override
    public SendResult send(Batch batch) throws IOException, InterruptedException {
        JsonBuffer payload = new JsonBuffer(1024);
        PayloadEncoder.of(Format.BATCH).encode(batch, payload);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        payload.writeTo(body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
        int status = response.statusCode();
        if (status < 300) {
            return SendResult.delivered();
        }
        if (status == 401) {
            return new SendResult.Misconfigured("401 from " + url);
        }
        if (status == 400) {
            return new SendResult.Rejected("400 from " + url);
        }
        return new SendResult.Retry(
                status + " from " + url,
                response.headers()
                        .firstValue("Retry-After")
                        .map(Long::valueOf)
                        .map(Duration::ofSeconds)
                        .orElse(null));
    }

    @Override
    public String check() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return "answered "
                + client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
