package dev.logagent.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Batch;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.RecordedRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request looks like. */
final class HttpRequestTest {

    private CollectorServer server;

    @BeforeEach
    void start() throws IOException {
        server = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void carriesTheBatchAsTheEncoderWritesIt() throws Exception {
        Batch batch = Batches.of("app1", "one", "two");
        JsonBuffer expected = new JsonBuffer(16);
        PayloadEncoder.of(Format.BATCH).encode(batch, expected);

        RecordedRequest request = send(batch, Map.of());

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/log?tenant=7");
        assertThat(request.rawBody()).isEqualTo(expected.toByteArray());
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("content-length", Integer.toString(expected.length()))
                .containsEntry("idempotency-key", batch.id())
                .containsEntry("log-agent-batch", "1")
                .containsEntry("user-agent", "log-agent/1.2.3")
                .containsEntry("accept-encoding", "identity")
                .doesNotContainKeys("content-encoding", "authorization", "transfer-encoding");
    }

    @Test
    void carriesEventsOnePerLine() throws Exception {
        try (Transport transport = Transports.http(server.url("/"), Map.of(), Format.EVENT, Compression.NONE)) {
            transport.send(Batches.of("app1", "one", "two"));
        }

        RecordedRequest request = server.awaitRequests(1).get(0);
        assertThat(request.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(request.lines("app1")).containsExactly("one", "two");
    }

    @Test
    void compressesEveryBatchAnew() throws Exception {
        List<String> many = Batches.numberedLines("line with number", 20_000);
        try (Transport transport = Transports.http(server.url("/"), Map.of(), Format.BATCH, Compression.GZIP)) {
            transport.send(Batches.of("app1", many));
            transport.send(Batches.of("app2", "short"));
        }

        assertThat(server.lines("app1")).isEqualTo(many);
        assertThat(server.lines("app2")).containsExactly("short");
        RecordedRequest first = server.requests().get(0);
        assertThat(first.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(first.rawBody().length).isLessThan(first.body().length / 4);
    }

    @Test
    void usesOneConnectionForOneThread() throws Exception {
        try (Transport transport = Transports.http(server.url("/"), Map.of())) {
            for (int i = 0; i < 50; i++) {
                assertThat(transport.send(Batches.of("app1", "line " + i))).isEqualTo(SendResult.delivered());
            }
        }

        assertThat(server.acceptedConnections()).isEqualTo(1);
    }

    @Test
    void usesTheConfiguredMethodHeadersAndUserAgent() throws Exception {
        RecordedRequest request = send(
                Batches.of("app1", "one"),
                Map.of(
                        "method",
                        "put",
                        "user_agent",
                        "shipper",
                        "headers",
                        Map.of("X-Tenant", "blue", "Content-Type", "application/vnd.logs+json")));

        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.headers())
                .containsEntry("x-tenant", "blue")
                .containsEntry("content-type", "application/vnd.logs+json")
                .containsEntry("user-agent", "shipper");
    }

    @Test
    void authenticatesWithUserAndPassword() throws Exception {
        RecordedRequest request = send(Batches.of("app1", "one"), Map.of("username", "käthe", "password", "p:w"));

        assertThat(request.header("Authorization")).isEqualTo("Basic a8OkdGhlOnA6dw==");
    }

    @Test
    void authenticatesWithAToken() throws Exception {
        RecordedRequest request = send(Batches.of("app1", "one"), Map.of("bearer_token", "s3cr3t"));

        assertThat(request.header("Authorization")).isEqualTo("Bearer s3cr3t");
    }

    private RecordedRequest send(Batch batch, Map<String, Object> options) throws Exception {
        try (Transport transport = Transports.http(server.url("/log?tenant=7"), options)) {
            assertThat(transport.send(batch)).isEqualTo(SendResult.delivered());
        }
        return server.awaitRequests(1).get(0);
    }
}
