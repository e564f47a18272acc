package dev.logagent.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CollectorServerTest {

    private static final String BATCH = """
            {"agentName":"a","sources":[{"sourceName":"app1","logs":[{"data":"one"},{"data":"two"}]}]}""";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
    void recordsWhatArrives() throws Exception {
        assertThat(post(BATCH).statusCode()).isEqualTo(204);

        assertThat(server.awaitRequests(1)).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/log?x=1");
            assertThat(request.header("X-Test")).isEqualTo("yes");
            assertThat(request.json().path("agentName").asText()).isEqualTo("a");
        });
        assertThat(server.lines("app1")).containsExactly("one", "two");
    }

    @Test
    void readsEventsOnePerLine() throws Exception {
        post("{\"source\":\"app1\",\"raw\":\"one\"}\n{\"source\":\"app2\",\"raw\":\"x\"}\n");

        assertThat(server.lines("app1")).containsExactly("one");
    }

    @Test
    void unpacksGzip() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(BATCH.getBytes(StandardCharsets.UTF_8));
        }
        send(request()
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())));

        assertThat(server.lines("app1")).containsExactly("one", "two");
    }

    @Test
    void answersFromTheScriptFirst() throws Exception {
        server.answerNext(Answer.status(503).header("Retry-After", "7").body("later"), Answer.status(200));
        server.answerByDefault(Answer.status(400));

        HttpResponse<String> first = post(BATCH);

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).contains("7");
        assertThat(first.body()).isEqualTo("later");
        assertThat(post(BATCH).statusCode()).isEqualTo(200);
        assertThat(post(BATCH).statusCode()).isEqualTo(400);
        assertThat(server.lines("app1"))
                .describedAs("only what was answered with 200")
                .containsExactly("one", "two");
    }

    @Test
    void delaysUntilTheLatchIsReleased() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        server.answerNext(Answer.status(200).delayedUntil(latch));

        CompletableFuture<HttpResponse<String>> response = client.sendAsync(
                request().POST(HttpRequest.BodyPublishers.ofString(BATCH)).build(),
                HttpResponse.BodyHandlers.ofString());
        server.awaitRequests(1);
        assertThat(response).isNotDone();
        latch.countDown();

        assertThat(response.join().statusCode()).isEqualTo(200);
    }

    @Test
    void storesThenCuts() throws Exception {
        server.answerByDefault(new Answer.CutAfterBody());

        assertThatThrownBy(() -> post(BATCH)).isInstanceOf(IOException.class);

        assertThat(server.lines("app1")).startsWith("one", "two");
    }

    @Test
    void cutsBeforeReading() {
        server.answerByDefault(new Answer.CutBeforeBody());

        assertThatThrownBy(() -> post(BATCH)).isInstanceOf(IOException.class);

        assertThat(server.lines("app1")).isEmpty();
    }

    @Test
    void answersGarbage() {
        server.answerByDefault(Answer.garbage());

        assertThatThrownBy(() -> post(BATCH)).isInstanceOf(IOException.class);
    }

    @Test
    void hangsUntilClosed() {
        server.answerByDefault(new Answer.Hang());

        assertThatThrownBy(() -> send(
                        request().timeout(Duration.ofMillis(200)).POST(HttpRequest.BodyPublishers.ofString(BATCH))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void floods() throws Exception {
        server.answerByDefault(new Answer.Flood(500));

        HttpResponse<java.io.InputStream> response = client.send(
                request().POST(HttpRequest.BodyPublishers.ofString(BATCH)).build(),
                HttpResponse.BodyHandlers.ofInputStream());

        try (java.io.InputStream body = response.body()) {
            assertThat(body.readNBytes(3_000_000)).hasSize(3_000_000);
        }
    }

    @Test
    void refusesWhileStoppedAndComesBackOnTheSamePort() throws Exception {
        post(BATCH);
        server.stop();
        assertThatThrownBy(() -> post(BATCH)).isInstanceOf(IOException.class);

        server.restart();

        assertThat(post(BATCH).statusCode()).isEqualTo(204);
        assertThat(server.lines("app1"))
                .describedAs("what it took, before and after")
                .containsExactly("one", "two", "one", "two");
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(request().POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(server.url("/log?x=1"))).header("X-Test", "yes");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
