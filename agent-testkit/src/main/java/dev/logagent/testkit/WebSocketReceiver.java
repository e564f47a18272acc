package dev.logagent.testkit;

import dev.logagent.receiver.websocket.BatchHandler;
import dev.logagent.receiver.websocket.BatchReceiver;
import dev.logagent.receiver.websocket.ReceivedBatch;
import dev.logagent.receiver.websocket.ReceiverSettings;
import dev.logagent.receiver.websocket.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A real WebSocket receiver on 127.0.0.1 that records what it gets and answers as it is told.
 *
 * <p>Answers come from a queue, and from {@link #answerByDefault} (at first an acknowledgement) when that is empty. Safe
 * for use by several threads.
 */
public final class WebSocketReceiver implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReceiverSettings settings;
    private final Object lock = new Object();
    private final List<RecordedBatch> batches = new ArrayList<>();
    private final List<Map<String, String>> handshakes = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final List<Reply> held = new ArrayList<>();
    private final Queue<WebSocketAnswer> answers = new ArrayDeque<>();
    private WebSocketAnswer defaultAnswer = new WebSocketAnswer.Ack();
    private @Nullable BatchReceiver server;
    private final int port;

    private WebSocketReceiver(ReceiverSettings settings) throws IOException, InterruptedException {
        this.settings = settings;
        BatchReceiver started = BatchReceiver.start(Loopback.port(0), settings, new Recorder());
        this.server = started;
        this.port = started.port();
    }

    /** A receiver without TLS, running. */
    public static WebSocketReceiver start() throws IOException, InterruptedException {
        return start(ReceiverSettings.PLAIN);
    }

    /** A receiver with these settings, running. */
    public static WebSocketReceiver start(ReceiverSettings settings) throws IOException, InterruptedException {
        return new WebSocketReceiver(settings);
    }

    /** The port, the same for the whole life of the receiver. */
    public int port() {
        return port;
    }

    /** {@code ws://127.0.0.1:PORT} and the path; {@code wss} with TLS. */
    public String url(String path) {
        return (settings.tls() == null ? "ws" : "wss") + "://127.0.0.1:" + port + path;
    }

    /** What the receiver answers when nothing else is scripted. */
    public void answerByDefault(WebSocketAnswer answer) {
        synchronized (lock) {
            defaultAnswer = answer;
        }
    }

    /** How the next batches are answered, one after the other. */
    public void answerNext(WebSocketAnswer... next) {
        synchronized (lock) {
            answers.addAll(List.of(next));
        }
    }

    /** Acknowledges what has been {@linkplain WebSocketAnswer.Hold held}, the last one first. */
    public void ackHeldInReverse() {
        List<Reply> replies = takeHeld();
        Collections.reverse(replies);
        replies.forEach(Reply::ack);
    }

    /** Acknowledges what has been {@linkplain WebSocketAnswer.Hold held}, in the order of arrival. */
    public void ackHeld() {
        takeHeld().forEach(Reply::ack);
    }

    /** Breaks all connections and refuses new ones, until {@link #restart}. */
    public void stop() {
        BatchReceiver running;
        synchronized (lock) {
            running = server;
            server = null;
        }
        if (running != null) {
            running.cutAll();
            running.close();
        }
    }

    /** Breaks all connections; new ones are welcome. */
    public void cutAll() {
        BatchReceiver running;
        synchronized (lock) {
            running = server;
        }
        if (running != null) {
            running.cutAll();
        }
    }

    /** Listens again, on the same port. */
    public void restart() throws IOException, InterruptedException {
        BatchReceiver started = BatchReceiver.start(Loopback.port(port), settings, new Recorder());
        synchronized (lock) {
            server = started;
        }
    }

    /** All batches so far, in the order in which they arrived. */
    public List<RecordedBatch> batches() {
        synchronized (lock) {
            return List.copyOf(batches);
        }
    }

    /** Waits until that many batches have arrived, and gives all. */
    public List<RecordedBatch> awaitBatches(int count) throws InterruptedException {
        awaitUntil(() -> batches.size() >= count, count + " batches");
        return batches();
    }

    /** Waits until that many connections have been opened since the start, and gives the headers of each handshake. */
    public List<Map<String, String>> awaitConnections(int count) throws InterruptedException {
        awaitUntil(() -> handshakes.size() >= count, count + " connections");
        synchronized (lock) {
            return List.copyOf(handshakes);
        }
    }

    /** How many connections have been opened since the start. */
    public int connections() {
        synchronized (lock) {
            return handshakes.size();
        }
    }

    /** Path and query of each handshake. */
    public List<String> paths() {
        synchronized (lock) {
            return List.copyOf(paths);
        }
    }

    /** The lines of one source in all batches that the receiver took, in the order of their arrival, repeats included. */
    public List<String> lines(String sourceName) {
        return batches().stream()
                .filter(RecordedBatch::stored)
                .flatMap(batch -> batch.lines(sourceName).stream())
                .toList();
    }

    @Override
    public void close() {
        stop();
    }

    private List<Reply> takeHeld() {
        synchronized (lock) {
            List<Reply> replies = new ArrayList<>(held);
            held.clear();
            return replies;
        }
    }

    private void awaitUntil(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lock) {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("expected " + what + " within " + PATIENCE.toSeconds() + " s, got "
                            + batches.size() + " batches over " + handshakes.size() + " connections");
                }
                lock.wait(left);
            }
        }
    }

    private final class Recorder implements BatchHandler {

        @Override
        public void connected(String path, Map<String, String> headers) {
            synchronized (lock) {
                paths.add(path);
                handshakes.add(Map.copyOf(headers));
                lock.notifyAll();
            }
        }

        @Override
        public void received(ReceivedBatch batch, Reply reply) {
            WebSocketAnswer answer;
            synchronized (lock) {
                WebSocketAnswer scripted = answers.poll();
                answer = scripted == null ? defaultAnswer : scripted;
                if (answer.holds()) {
                    held.add(reply);
                }
                batches.add(new RecordedBatch(batch.id(), batch.number(), batch.payload(), answer.stores()));
                lock.notifyAll();
            }
            answer.give(batch.id(), reply);
        }
    }
}
