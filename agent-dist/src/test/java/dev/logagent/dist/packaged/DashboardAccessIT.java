package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see the dashboard of the packaged agent, and what those are told who may not. */
final class DashboardAccessIT {

    private static final String TOKEN = "a-token-of-some-length";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private CollectorServer destination;

    @BeforeEach
    void start() throws IOException {
        destination = CollectorServer.start();
    }

    @AfterEach
    void stop() {
        destination.close();
    }

    private DashboardProcess running(String table) throws IOException {
        DashboardProcess.configure(folder, destination.url("/log"), "listen = '127.0.0.1:0'\n" + table);
        return DashboardProcess.running(folder);
    }

    /** Sends a request byte for byte, and gives the first line and the rest of what comes back. */
    private static String raw(DashboardProcess dashboard, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersWrongRequestsSensibly() throws Exception {
        try (DashboardProcess dashboard = running("")) {
            assertThat(dashboard.get("/nothing").statusCode()).isEqualTo(404);
            assertThat(dashboard.json("/nothing").get("error").asText()).contains("/api/openapi.json");
            assertThat(dashboard.get("/page/index.html").statusCode()).isEqualTo(404);
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
                HttpResponse<String> refused = dashboard.request(method, "/api/stats");
                assertThat(refused.statusCode()).as(method).isEqualTo(405);
                assertThat(refused.headers().firstValue("allow")).contains("GET, HEAD");
            }
            HttpResponse<String> head = dashboard.request("HEAD", "/");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValueAsLong("content-length").orElse(0))
                    .isGreaterThan(1000);
            assertThat(dashboard.get("/api/events?level=loud").statusCode()).isEqualTo(426);

            String host = "\r\nHost: localhost\r\nConnection: close\r\n";
            assertThat(raw(dashboard, "GET /../../etc/passwd HTTP/1.1" + host + "\r\n"))
                    .startsWith("HTTP/1.1 404");
            assertThat(raw(dashboard, "GET /%zz HTTP/1.1" + host + "\r\n")).startsWith("HTTP/1.1 400");
            assertThat(raw(dashboard, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(raw(dashboard, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(raw(dashboard, "GET / HTTP/1.1" + host + "Host: evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            String older = "Upgrade: websocket\r\nSec-WebSocket-Version: 8\r\n";
            assertThat(raw(dashboard, "GET /api/live HTTP/1.1" + host + older + "\r\n"))
                    .startsWith("HTTP/1.1 426")
                    .contains("Sec-WebSocket-Version: 13");
            assertThat(raw(
                            dashboard,
                            "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3) + "GET /nothing HTTP/1.1"
                                    + host + "\r\n"))
                    .as("one after the other")
                    .matches("(?s)HTTP/1.1 200.*HTTP/1.1 200.*HTTP/1.1 200.*HTTP/1.1 404.*");
            assertThat(dashboard.request("POST", "/api/nothing").statusCode()).isEqualTo(404);
            refuses(dashboard, 505, "GET / HTTP/2.7" + host + "\r\n");
            refuses(dashboard, 414, "GET /" + "x".repeat(5_000) + " HTTP/1.1" + host + "\r\n");
            refuses(dashboard, 431, "GET / HTTP/1.1" + host + "X: " + "y".repeat(20_000) + "\r\n\r\n");
            refuses(dashboard, 413, "POST /login HTTP/1.1" + host + "Content-Length: 100000\r\n\r\n");
            refuses(
                    dashboard,
                    413,
                    "POST /login HTTP/1.1" + host + "Transfer-Encoding: chunked\r\n\r\n1400\r\n" + "x".repeat(0x1400)
                            + "\r\n0\r\n\r\n");
            refuses(
                    dashboard,
                    413,
                    "POST /login HTTP/1.1" + host + "Expect: 100-continue\r\nContent-Length: 100000\r\n\r\n");
            refuses(dashboard, 417, "POST /login HTTP/1.1" + host + "Expect: wonders\r\nContent-Length: 1\r\n\r\n");
            assertThat(dashboard.get("/api/stats").statusCode())
                    .as("still there")
                    .isEqualTo(200);
        }
    }

    private static void refuses(DashboardProcess dashboard, int status, String request) throws IOException {
        assertThat(raw(dashboard, request))
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Security-Policy: ", "application/json", "{\"error\":\"");
    }

    @Test
    void pagesOfOtherSitesCannotReadIt() throws Exception {
        try (DashboardProcess dashboard = running("")) {
            assertThat(raw(
                            dashboard,
                            "GET /api/stats HTTP/1.1\r\nHost: evil.example:8000\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("allowed_hosts");
            assertThat(dashboard
                            .get("/api/stats", "Origin", "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            HttpResponse<String> own = dashboard.get("/api/stats", "Origin", "http://" + dashboard.authority());
            assertThat(own.statusCode()).isEqualTo(200);
            assertThat(own.headers().map()).doesNotContainKey("access-control-allow-origin");
            assertThat(own.headers().firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(own.headers().firstValue("x-content-type-options")).contains("nosniff");

            WebSocket.Builder foreign =
                    dashboard.client().newWebSocketBuilder().header("Origin", "http://evil.example");
            URI live = URI.create("ws://" + dashboard.authority() + "/api/live");
            assertThat(foreign.buildAsync(live, new WebSocket.Listener() {})
                            .handle((socket, failure) -> failure)
                            .join())
                    .isNotNull();
        }
    }

    @Test
    void withATokenOnlyThoseWhoKnowItSeeAnything() throws Exception {
        try (DashboardProcess dashboard = running("token = '" + TOKEN + "'")) {
            for (String path : List.of("/api/stats", "/api/sources", "/metrics", "/js/main.js", "/nothing")) {
                assertThat(dashboard.get(path).statusCode()).as(path).isEqualTo(401);
            }
            assertThat(dashboard
                            .get("/api/stats", "Authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(dashboard
                            .get("/api/stats", "Authorization", "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(dashboard.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(dashboard.json("/health/ready").has("reasons"))
                    .as("nothing but how it is")
                    .isFalse();
            HttpResponse<String> form = dashboard.get("/", "Accept", "text/html");
            assertThat(form.statusCode()).isEqualTo(401);
            assertThat(form.body()).contains("type=\"password\"");

            assertThat(login(dashboard, "wrong").headers().firstValue("set-cookie"))
                    .isEmpty();
            HttpResponse<String> in = login(dashboard, TOKEN);
            assertThat(in.statusCode()).isEqualTo(303);
            String cookie = in.headers().firstValue("set-cookie").orElse("");
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
            String session = cookie.substring(0, cookie.indexOf(';'));
            assertThat(dashboard.get("/", "Cookie", session).body()).contains("id=\"charts\"");
            assertThat(dashboard.get("/", "Cookie", session + "x").statusCode()).isEqualTo(401);
            assertThat(dashboard.agent().output()).doesNotContain(TOKEN);
        }
    }

    @Test
    void onlyThoseWhoKnowTheTokenHaveItDoSomething() throws Exception {
        List<String> actions = List.of("pause", "resume", "flush", "reload", "rewind?file=/nothing", "replay");
        try (DashboardProcess dashboard = running("")) {
            for (String action : actions) {
                HttpResponse<String> refused = dashboard.request("POST", "/api/" + action);
                assertThat(refused.statusCode()).as(action).isEqualTo(403);
                assertThat(refused.body()).contains("set token in [dashboard]");
                assertThat(dashboard.get("/api/" + action).statusCode()).isEqualTo(405);
            }
        }
        try (DashboardProcess dashboard = running("token = '" + TOKEN + "'")) {
            for (String action : actions) {
                String path = "/api/" + action;
                assertThat(dashboard.request("POST", path).statusCode()).isEqualTo(401);
                assertThat(dashboard
                                .request("POST", path, "Authorization", "Bearer wrong")
                                .statusCode())
                        .isEqualTo(401);
                assertThat(dashboard
                                .get(path, "Authorization", "Bearer " + TOKEN)
                                .statusCode())
                        .isEqualTo(405);
                assertThat(dashboard
                                .request("POST", path, "Authorization", "Bearer " + TOKEN)
                                .statusCode())
                        .isEqualTo(action.startsWith("rewind") ? 404 : 200);
            }
            String cookie =
                    login(dashboard, TOKEN).headers().firstValue("set-cookie").orElse("");
            String session = cookie.substring(0, cookie.indexOf(';'));
            assertThat(dashboard
                            .request("POST", "/api/flush", "Cookie", session)
                            .statusCode())
                    .as("no page has asked")
                    .isEqualTo(403);
            assertThat(dashboard
                            .request("POST", "/api/flush", "Cookie", session, "Origin", "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(dashboard
                            .request("POST", "/api/flush", "Cookie", session, "Origin", dashboard.url(""))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(dashboard
                            .request("POST", "/api/pause?source=nobody", "Authorization", "Bearer " + TOKEN)
                            .body())
                    .contains("there is no source 'nobody'");
        }
    }

    private static HttpResponse<String> login(DashboardProcess dashboard, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(dashboard.url("/login")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
                .build();
        return dashboard.client().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:0", "[::]:0"})
    void isNotOpenedToOtherHostsWithoutAToken(String listen) throws Exception {
        DashboardProcess.configure(folder, destination.url("/log"), "listen = '" + listen + "'");
        try (AgentProcess validate = AgentProcess.start(folder, "validate")) {
            assertThat(validate.exitCode()).isEqualTo(2);
            assertThat(validate.output()).contains("needs a 'token'");
        }
    }

    @Test
    void speaksTlsWithTheConfiguredCertificate() throws Exception {
        TestCertificates authority = TestCertificates.create();
        TestIdentity server = authority.server("127.0.0.1");
        server.writeCertificate(folder.resolve("cert.pem"));
        server.writeKey(folder.resolve("key.pem"));
        try (DashboardProcess dashboard = running("tls_cert = 'cert.pem'\ntls_key = 'key.pem'")) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(authority.contextFor(authority.client("browser")))
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(dashboard.url("/health/live")))
                    .build();

            assertThat(dashboard.url("/")).startsWith("https://");
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("live");
        }
    }

    @Test
    void sendsLinesToThoseWhoLookAndFiltersThem() throws Exception {
        try (DashboardProcess dashboard = running("")) {
            Messages all = Messages.of(dashboard, "/api/events");
            Messages some = Messages.of(dashboard, "/api/events?text=NEEDLE&level=error");
            await().atMost(PATIENCE).until(() -> {
                DashboardProcess.write(
                        folder.resolve("app.log"), "ERROR <script>needle</script>", "ERROR hay", "INFO needle");
                return all.size() > 0 && some.size() > 0;
            });

            String line =
                    DashboardProcess.parse(some.next()).at("/lines/0/text").asText();
            assertThat(line).isEqualTo("ERROR <script>needle</script>");
            some.forEachLine(text -> assertThat(text).isEqualTo("ERROR <script>needle</script>"));
            assertThat(all.next()).contains("\"source\":\"app\"", "ERROR hay", "INFO needle");
            all.socket().abort();
            some.socket().sendText("hello?", true).join();
            await().atMost(PATIENCE).until(() -> some.closedWith() == 1003);
        }
    }

    @Test
    void sendsFiguresEachSecondToAllWhoLook() throws Exception {
        try (DashboardProcess dashboard = running("")) {
            List<Messages> visitors = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                visitors.add(Messages.of(dashboard, "/api/live"));
            }
            for (Messages visitor : visitors) {
                assertThat(visitor.next()).startsWith("{\"type\":\"hello\",\"agent\":{\"name\":\"test <agent>\"");
                assertThat(visitor.next()).startsWith("{\"type\":\"figures\",\"status\":");
            }
            visitors.forEach(visitor -> visitor.socket().abort());
            assertThat(dashboard.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesMoreVisitorsThanItCanServe() throws Exception {
        try (DashboardProcess dashboard = running("")) {
            List<Messages> visitors = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                visitors.add(Messages.of(dashboard, "/api/live"));
                visitors.get(i).next();
            }
            assertThat(refusal(dashboard)).isInstanceOf(CompletionException.class);
            visitors.forEach(visitor -> visitor.socket().abort());
            await().atMost(PATIENCE).until(() -> refusal(dashboard) == null);
        }
    }

    private static @Nullable Object refusal(DashboardProcess dashboard) {
        return dashboard
                .client()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + dashboard.authority() + "/api/live"), new WebSocket.Listener() {})
                .handle((socket, failure) -> failure == null ? null : new CompletionException(failure))
                .join();
    }
}
