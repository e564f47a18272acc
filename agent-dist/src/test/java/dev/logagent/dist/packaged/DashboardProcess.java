package dev.logagent.dist.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged agent with a dashboard, and what a program may ask it. */
final class DashboardProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("dashboard - on (https?://[^/]+)/");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AgentProcess agent;
    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private DashboardProcess(AgentProcess agent, String url) {
        this.agent = agent;
        this.url = url;
    }

    /** Writes a configuration of one source, {@code app} in {@code app*.log}, and of a dashboard on a free port. */
    static void configure(Path folder, String endPoint, String dashboard) throws IOException {
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test <agent>"
                end_point = "%s"
                send_type = "HTTP"
                interval_secs = 0.1
                state_dir = "state"
                start_at = "beginning"
                retry_delay_ms = 50
                shutdown_timeout_secs = 0.2

                [[sources]]
                name = "app"
                log_path = "app*.log"
                delay_ms = 20

                [dashboard]
                %s
                """.formatted(endPoint, dashboard));
    }

    static DashboardProcess running(Path folder) throws IOException {
        AgentProcess agent = AgentProcess.running(folder);
        agent.awaitLog("dashboard - on http");
        Matcher address = ADDRESS.matcher(agent.output());
        if (!address.find()) {
            throw new AssertionError(agent.output());
        }
        return new DashboardProcess(agent, address.group(1));
    }

    static void write(Path file, String... lines) throws IOException {
        Files.write(file, List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** {@code http://127.0.0.1:PORT} and the path. */
    String url(String path) {
        return url + path;
    }

    String authority() {
        return URI.create(url).getAuthority();
    }

    int port() {
        return URI.create(url).getPort();
    }

    AgentProcess agent() {
        return agent;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return request("GET", path, headers);
    }

    HttpResponse<String> request(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(path))).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return parse(get(path).body());
    }

    static JsonNode parse(String text) throws IOException {
        return JSON.readTree(text);
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        agent.close();
    }
}
