package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real Chromium without a window, driven by its DevTools protocol; one page. */
final class Browser implements AutoCloseable, WebSocket.Listener {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final StringBuilder part = new StringBuilder();

    /** @param folder where the browser keeps what it needs */
    Browser(Path folder) throws IOException, InterruptedException {
        Path profile = Files.createDirectories(folder.resolve("profile"));
        process = new ProcessBuilder(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("browser.log").toFile())
                .start();
        Path portFile = profile.resolve("DevToolsActivePort");
        await().atMost(PATIENCE)
                .until(() ->
                        Files.exists(portFile) && Files.readAllLines(portFile).size() > 1);
        HttpClient client = HttpClient.newHttpClient();
        URI pages =
                URI.create("http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/list");
        String page = await().atMost(PATIENCE).until(() -> firstPage(client, pages), found -> !found.isEmpty());
        socket = client.newWebSocketBuilder().buildAsync(URI.create(page), this).join();
        call("Page.enable");
        call("Runtime.enable");
        call("Log.enable");
    }

    /** Where the browser's page is driven; empty while it has none. */
    private static String firstPage(HttpClient client, URI pages) throws IOException, InterruptedException {
        String list = client.send(HttpRequest.newBuilder(pages).build(), BodyHandlers.ofString())
                .body();
        for (JsonNode target : JSON.readTree(list)) {
            if (target.path("type").asText().equals("page")) {
                return target.path("webSocketDebuggerUrl").asText();
            }
        }
        return "";
    }

    /** Opens an address, and waits until the page is there. */
    void open(String url) {
        call("Page.navigate", "url", url);
        await().atMost(PATIENCE)
                .until(() -> evaluate("location.href !== 'about:blank' && document.readyState")
                        .asText()
                        .equals("complete"));
    }

    /** As large as a window or a phone, light or dark. */
    void look(int width, int height, boolean dark) {
        ObjectNode size = JSON.createObjectNode();
        size.put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", width < 600);
        call("Emulation.setDeviceMetricsOverride", size);
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", media);
    }

    /** The value of an expression in the page; of a promise, what it is fulfilled with. */
    JsonNode evaluate(String expression) {
        ObjectNode parameters = JSON.createObjectNode();
        parameters.put("expression", expression).put("returnByValue", true).put("awaitPromise", true);
        JsonNode result = call("Runtime.evaluate", parameters);
        assertThat(result.has("exceptionDetails"))
                .as("%s: %s", expression, result)
                .isFalse();
        return result.at("/result/value");
    }

    /** The text of the first element that a selector finds; empty if there is none. */
    String text(String selector) {
        return evaluate("document.querySelector(" + JSON.valueToTree(selector) + ")?.textContent ?? ''")
                .asText();
    }

    /** Waits until an expression is true. */
    void awaitTrue(String expression) {
        await(expression)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> evaluate("Boolean(" + expression + ")").asBoolean());
    }

    /** Gives a field a value as if a person had. */
    void fill(String id, String value) {
        evaluate("{ const field = document.getElementById('" + id + "'); field.value = " + JSON.valueToTree(value)
                + "; field.dispatchEvent(new Event('input', { bubbles: true }));"
                + " field.dispatchEvent(new Event('change', { bubbles: true })); }");
    }

    void press(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode event = JSON.createObjectNode();
            event.put("type", type).put("key", key).put("code", key).put("windowsVirtualKeyCode", 9);
            call("Input.dispatchKeyEvent", event);
        }
    }

    /** What is wrong with the page for those who cannot see it, or not well, or use no mouse. */
    List<String> barriers() throws IOException {
        if (!evaluate("Boolean(window.axe)").asBoolean()) {
            try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
                evaluate(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8) + "; 0");
            }
        }
        JsonNode violations = evaluate("axe.run().then(result => result.violations.map(violation =>"
                + " violation.id + ': ' + violation.nodes.map(node => node.html).join(', ')))");
        List<String> barriers = new ArrayList<>();
        violations.forEach(violation -> barriers.add(violation.asText()));
        return barriers;
    }

    /** Keeps a picture of the whole page among the build's results. */
    void picture(String name) throws IOException {
        ObjectNode parameters = JSON.createObjectNode();
        parameters.put("format", "png").put("captureBeyondViewport", true);
        JsonNode picture = call("Page.captureScreenshot", parameters);
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(
                folder.resolve(name + ".png"),
                Base64.getDecoder().decode(picture.get("data").asText()));
    }

    /** Everything that would be red in the console. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode call(String method, String... parameters) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = 0; i < parameters.length; i += 2) {
            object.put(parameters[i], parameters[i + 1]);
        }
        return call(method, object);
    }

    private JsonNode call(String method, ObjectNode parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id).put("method", method).set("params", parameters);
        socket.sendText(message.toString(), true).join();
        JsonNode received =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(received.has("error")).as("%s: %s", method, received).isFalse();
        return received.get("result");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            try {
                take(JSON.readTree(part.toString()));
            } catch (IOException e) {
                complaints.add(e.toString());
            }
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(JsonNode message) {
        CompletableFuture<JsonNode> call =
                message.has("id") ? calls.remove(message.get("id").asInt()) : null;
        if (call != null) {
            call.complete(message);
            return;
        }
        boolean complains = switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" ->
                message.at("/params/type").asText().matches("error|warning|assert");
            case "Log.entryAdded" -> message.at("/params/entry/level").asText().matches("error|warning");
            default -> false;
        };
        if (complains) {
            complaints.add(message.get("params").toString());
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
