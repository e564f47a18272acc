package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logagent.testkit.CollectorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the packaged agent does what its OpenAPI document says: each path, asked rightly and wrongly. */
final class OpenApiIT {

    private static final String TOKEN = "a-token-of-some-length";
    private static final String BEARER = "Bearer " + TOKEN;
    private static final Map<String, String> EXAMPLES = Map.of("/api/rewind", "?file=/nothing");

    @TempDir
    Path folder;

    private CollectorServer destination;
    private DashboardProcess dashboard;
    private JsonNode document;

    @BeforeEach
    void start() throws Exception {
        destination = CollectorServer.start();
        DashboardProcess.configure(folder, destination.url("/log"), "listen = '127.0.0.1:0'\ntoken = '" + TOKEN + "'");
        DashboardProcess.write(folder.resolve("app.log"), "one");
        dashboard = DashboardProcess.running(folder);
        document = DashboardProcess.parse(
                answer("GET", "/api/openapi.json", "", "Authorization", BEARER).body());
    }

    @AfterEach
    void stop() {
        dashboard.close();
        destination.close();
    }

    private HttpResponse<String> answer(String method, String target, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(dashboard.url(target)))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .headers(headers)
                .build();
        return dashboard.client().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** One way to ask for something, and what must be answered. */
    private record Attempt(String method, String target, String body, List<String> headers, int status) {}

    @Test
    void tellsProgramsWhatPeopleAreTold() throws Exception {
        Set<String> told = Pattern.compile("`(/(?:api|health)/[a-z./-]+|/metrics)")
                .matcher(Files.readString(Path.of("..", "docs", "dashboard.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(document.get("paths").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void everyOperationAnswersAsItIsDescribed() throws Exception {
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                for (Attempt attempt : attempts(path.getKey(), operation.getKey(), operation.getValue())) {
                    check(attempt, path.getKey(), operation.getKey());
                }
            }
        }
    }

    private static List<Attempt> attempts(String path, String described, JsonNode operation) {
        boolean isFeed = operation.get("responses").has("101");
        boolean isAction = described.equals("post");
        boolean isPublic = path.startsWith("/health/");
        String method = described.toUpperCase(Locale.ROOT);
        String target = path + EXAMPLES.getOrDefault(path, "");
        List<String> known = List.of("Authorization", BEARER);
        List<Attempt> attempts = new ArrayList<>();
        attempts.add(new Attempt(method, target, "", known, isFeed ? 426 : path.equals("/api/rewind") ? 404 : 200));
        attempts.add(new Attempt("PUT", target, "", known, 405));
        attempts.add(new Attempt(isAction ? "GET" : "POST", target, "", known, 405));
        for (List<String> unknown : List.of(List.of("X", "y"), List.of("Authorization", "Bearer wrong"))) {
            attempts.add(new Attempt(method, target, "", unknown, isPublic ? 200 : 401));
        }
        attempts.add(new Attempt(
                method, target, "", List.of("Authorization", BEARER, "Origin", "http://evil.example"), 403));
        attempts.add(new Attempt(method, target, "x".repeat(5_000), known, 413));
        attempts.add(new Attempt(method, target, "", List.of("X", "y".repeat(20_000)), 431));
        attempts.add(new Attempt(method, path + "?x=" + "y".repeat(5_000), "", known, 414));
        if (isAction) {
            attempts.add(new Attempt(method, path + "?sorce=app", "", known, 400));
            attempts.add(new Attempt(method, path, "{\"source\": \"app\"}", known, 400));
        }
        return attempts;
    }

    private void check(Attempt attempt, String path, String described) throws Exception {
        HttpResponse<String> answer =
                answer(attempt.method, attempt.target, attempt.body, attempt.headers.toArray(String[]::new));
        assertThat(answer.statusCode()).as(attempt.toString()).isEqualTo(attempt.status);
        String responses = "/paths/" + path.replace("/", "~1") + "/" + described + "/responses/";
        JsonNode documented = document.at(responses + attempt.status);
        String pointer = documented.isMissingNode() ? responses + "default" : responses + attempt.status;
        if (document.at(pointer).has("$ref")) {
            pointer = document.at(pointer).get("$ref").asText().substring(1);
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = document.at(pointer + "/content");
        assertThat(content.fieldNames()).toIterable().as(attempt.toString()).contains(type);
        if (type.equals("application/json")) {
            assertThat(OpenApiSchema.at(document, pointer + "/content/application~1json/schema")
                            .faults(answer.body()))
                    .as(attempt + " " + answer.body())
                    .isEmpty();
        }
    }
}
