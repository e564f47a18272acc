package dev.logagent.dist.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiverTest {

    private static final String BATCH = """
            {"agentName":"a","sources":[{"sourceName":"app","logs":[
              {"data":"one \\u001b[31m","timestamp":"2026-01-01T00:00:00.000Z"},
              {"data":"zwei ä","timestamp":"2026-01-01T00:00:00.001Z","tags":{"n":1,"x":[true]}}]}]}
            """;
    private static final int MAX_BODY = 10_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void printsStoresAndCountsABatch() throws Exception {
        Path store = folder.resolve("got.jsonl");
        try (Receiver receiver = start(Faults.NONE, store)) {
            HttpResponse<String> response = post(receiver, BATCH.getBytes(StandardCharsets.UTF_8), null);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body().strip()).isEqualTo("{\"accepted\":2}");
            assertThat(Files.readAllLines(store))
                    .containsExactly(
                            "{\"agentName\":\"a\",\"sourceName\":\"app\",\"data\":\"one \\u001B[31m\","
                                    + "\"timestamp\":\"2026-01-01T00:00:00.000Z\"}",
                            "{\"agentName\":\"a\",\"sourceName\":\"app\",\"data\":\"zwei ä\","
                                    + "\"timestamp\":\"2026-01-01T00:00:00.001Z\",\"tags\":{\"n\":1,\"x\":[true]}}");
            assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "2026-01-01T00:00:00.000Z  app  one \uFFFD[31m", "2026-01-01T00:00:00.001Z  app  zwei ä");
            assertThat(get(receiver, "/stats"))
                    .contains("\"requests\":1", "\"events\":2", "\"repeated_batches\":0", "\"sources\":{\"app\":2}");
        }
    }

    @Test
    void takesEventLines() throws Exception {
        String events = """
                {"id":"1","message":"m","raw":"the line","source":"s","timestamp":"t"}
                {"id":"2","message":"only a message"}
                """;
        try (Receiver receiver = start(Faults.NONE, null)) {
            assertThat(post(receiver, events.getBytes(StandardCharsets.UTF_8), null)
                            .body()
                            .strip())
                    .isEqualTo("{\"accepted\":2}");
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("t  s  the line", "only a message");
        }
    }

    @Test
    void unpacksGzipAndRefusesWhatIsTooLargeUnpacked() throws Exception {
        try (Receiver receiver = start(Faults.NONE, null)) {
            assertThat(post(receiver, gzip(BATCH.getBytes(StandardCharsets.UTF_8)), "gzip")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(receiver, gzip(new byte[MAX_BODY + 1]), "gzip").statusCode())
                    .isEqualTo(413);
            assertThat(post(receiver, new byte[MAX_BODY + 1], null).statusCode())
                    .isEqualTo(413);
            assertThat(post(receiver, new byte[] {1, 2}, "gzip").statusCode()).isEqualTo(400);
            assertThat(post(receiver, new byte[] {1, 2}, "br").body()).contains("'br' is not known");
        }
    }

    @Test
    void answersMalformedBodiesWithTheReasonAndCountsNothing() throws Exception {
        try (Receiver receiver = start(Faults.NONE, null)) {
            for (String body : new String[] {
                "{\"agentName\":\"a\",\"sources\":[{\"sourceName\":\"s\",\"logs\":[{\"data\":\"x\"}",
                "[]",
                "{\"a\":1}",
                "{\"agentName\":1,\"sources\":[]}",
                "no json"
            }) {
                HttpResponse<String> response = post(receiver, body.getBytes(StandardCharsets.UTF_8), null);
                assertThat(response.statusCode()).as(body).isEqualTo(400);
                assertThat(response.body()).startsWith("{\"error\":\"");
            }
            assertThat(receiver.stats().events()).isZero();
            assertThat(get(receiver, "/stats")).contains("\"malformed\":5");
        }
    }

    @Test
    void failsAsToldAndCountsRepeats() throws Exception {
        Faults faults = new Faults(429, 3, 1, Duration.ofMillis(1), 7);
        byte[] body = BATCH.getBytes(StandardCharsets.UTF_8);
        try (Receiver receiver = start(faults, null)) {
            HttpResponse<String> first = post(receiver, body, null);
            assertThat(first.statusCode()).isEqualTo(429);
            assertThat(first.headers().firstValue("Retry-After")).contains("7");
            assertThat(post(receiver, body, null).statusCode()).isEqualTo(200);
            assertThat(post(receiver, body, null).statusCode()).isEqualTo(429);
            assertThat(post(receiver, body, null).statusCode()).isEqualTo(200);
            assertThat(get(receiver, "/stats"))
                    .contains("\"failed_on_purpose\":2", "\"events\":4", "\"repeated_batches\":1");
        }
    }

    @Test
    void failsEveryRequestWhenOnlyTheStatusIsGiven() throws Exception {
        try (Receiver receiver = start(new Faults(500, 0, 0, Duration.ZERO, null), null)) {
            assertThat(post(receiver, new byte[0], null).statusCode()).isEqualTo(500);
            assertThat(post(receiver, new byte[0], null).statusCode()).isEqualTo(500);
        }
    }

    private Receiver start(Faults faults, @Nullable Path store) throws Exception {
        return new Receiver(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                MAX_BODY,
                faults,
                store,
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(Receiver receiver, byte[] body, @Nullable String encoding) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(receiver, "/log"))
                .header("Idempotency-Key", "the-same")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String get(Receiver receiver, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(receiver, path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static URI uri(Receiver receiver, String path) {
        return URI.create("http://127.0.0.1:" + receiver.address().getPort() + path);
    }

    private static byte[] gzip(byte[] bytes) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
