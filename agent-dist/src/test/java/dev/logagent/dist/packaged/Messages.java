package dev.logagent.dist.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one WebSocket has brought. */
final class Messages implements WebSocket.Listener {

    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private volatile int closedWith;
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

    static Messages of(DashboardProcess dashboard, String path) {
        Messages messages = new Messages();
        messages.socket.complete(dashboard
                .client()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + dashboard.authority() + path), messages)
                .join());
        return messages;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            received.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closedWith = status;
        return null;
    }

    /** The code it was closed with; 0 while it is open. */
    int closedWith() {
        return closedWith;
    }

    WebSocket socket() {
        return socket.join();
    }

    int size() {
        return received.size();
    }

    String next() throws InterruptedException {
        String message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    void forEachLine(Consumer<String> check) throws IOException {
        for (String message : List.copyOf(received)) {
            DashboardProcess.parse(message)
                    .get("lines")
                    .forEach(line -> check.accept(line.get("text").asText()));
        }
    }
}
