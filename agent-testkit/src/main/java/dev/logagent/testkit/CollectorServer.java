package dev.logagent.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP/1.1 receiver on 127.0.0.1 that records what it gets and answers as it is told.
 *
 * <p>Answers come from a queue, and from {@link #answerByDefault} (at first 204) when that is empty. Safe for use by
 * several threads.
 */
public final class CollectorServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final @Nullable SSLContext tls;
    private final boolean demandsClientCertificate;
    private final Object lock = new Object();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final Set<HttpConnection> connections = new HashSet<>();
    private final Map<String, Answer> answersByText = new LinkedHashMap<>();
    private Answer defaultAnswer = Answer.status(204);
    private int accepted;
    private Acceptor listener;
    private CountDownLatch stopped = new CountDownLatch(1);

    private CollectorServer(@Nullable SSLContext tls, boolean demandsClientCertificate) throws IOException {
        this.tls = tls;
        this.demandsClientCertificate = demandsClientCertificate;
        this.listener = listen(0);
    }

    /** A server without TLS, running. */
    public static CollectorServer start() throws IOException {
        return new CollectorServer(null, false);
    }

    /** A server with TLS, running. */
    public static CollectorServer startTls(SSLContext tls, boolean demandsClientCertificate) throws IOException {
        return new CollectorServer(tls, demandsClientCertificate);
    }

    /** The port, the same for the whole life of the server. */
    public int port() {
        synchronized (lock) {
            return listener.port();
        }
    }

    /** {@code http://127.0.0.1:PORT} and the path; {@code https} with TLS. */
    public String url(String path) {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port() + path;
    }

    /** What the server answers when nothing else is scripted. */
    public void answerByDefault(Answer answer) {
        synchronized (lock) {
            defaultAnswer = answer;
        }
    }

    /** How the next requests are answered, one after the other. */
    public void answerNext(Answer... next) {
        synchronized (lock) {
            answers.addAll(List.of(next));
        }
    }

    /** How requests are answered whose body contains this text and is not compressed, whatever else is scripted. */
    public void answerTo(String text, Answer answer) {
        synchronized (lock) {
            answersByText.put(text, answer);
        }
    }

    /** Resets all connections and refuses new ones, until {@link #restart}. */
    public void stop() {
        Acceptor open;
        synchronized (lock) {
            stopped.countDown();
            open = listener;
        }
        open.close();
        List<HttpConnection> left;
        synchronized (lock) {
            left = List.copyOf(connections);
        }
        left.forEach(HttpConnection::reset);
        awaitNoConnections();
    }

    /** One that is being closed may still read a request, which nobody answers. */
    private void awaitNoConnections() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lock) {
            try {
                for (long left = 1; !connections.isEmpty() && left > 0; ) {
                    left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    lock.wait(Math.max(1, left));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Listens again, on the same port. */
    public void restart() throws IOException {
        synchronized (lock) {
            if (listener.isOpen()) {
                throw new IllegalStateException("the server is running");
            }
            stopped = new CountDownLatch(1);
            listener = listen(listener.port());
        }
    }

    /** All requests so far, in the order in which they arrived. */
    public List<RecordedRequest> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    /** Waits until that many requests have arrived, and gives all. */
    public List<RecordedRequest> awaitRequests(int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lock) {
            while (requests.size() < count) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("expected " + count + " requests, got " + requests.size() + " in "
                            + PATIENCE.toSeconds() + " s");
                }
                lock.wait(left);
            }
            return List.copyOf(requests);
        }
    }

    /** The lines of one source in all requests that the server took, in the order of their arrival, repeats included. */
    public List<String> lines(String sourceName) {
        return requests().stream()
                .filter(RecordedRequest::stored)
                .flatMap(request -> request.lines(sourceName).stream())
                .toList();
    }

    /** How many connections have been accepted since the start. */
    public int acceptedConnections() {
        synchronized (lock) {
            return accepted;
        }
    }

    @Override
    public void close() {
        stop();
    }

    Answer nextAnswer() {
        synchronized (lock) {
            Answer next = answers.poll();
            return next == null ? defaultAnswer : next;
        }
    }

    /** The answer to a body, which was to be answered so if nothing is said about it in particular. */
    Answer answerTo(byte[] body, Answer usual) {
        synchronized (lock) {
            if (answersByText.isEmpty()) {
                return usual;
            }
            String text = new String(body, StandardCharsets.UTF_8);
            return answersByText.entrySet().stream()
                    .filter(entry -> text.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(usual);
        }
    }

    void record(RecordedRequest request) {
        synchronized (lock) {
            requests.add(request);
            lock.notifyAll();
        }
    }

    void forget(HttpConnection connection) {
        synchronized (lock) {
            connections.remove(connection);
            lock.notifyAll();
        }
    }

    boolean isRunning() {
        synchronized (lock) {
            return listener.isOpen();
        }
    }

    void awaitClosed() throws InterruptedException {
        stoppedLatch().await();
    }

    void awaitOrClosed(CountDownLatch latch) throws InterruptedException {
        CountDownLatch end = stoppedLatch();
        while (!latch.await(10, TimeUnit.MILLISECONDS) && end.getCount() > 0) {
            // Looks at both in turn: neither tells the other.
        }
    }

    private CountDownLatch stoppedLatch() {
        synchronized (lock) {
            return stopped;
        }
    }

    private Acceptor listen(int port) throws IOException {
        ServerSocket socket =
                tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
        if (socket instanceof SSLServerSocket secure) {
            secure.setNeedClientAuth(demandsClientCertificate);
        }
        return new Acceptor(socket, port, this::serve);
    }

    private void serve(Socket socket) {
        HttpConnection connection = new HttpConnection(this, socket);
        synchronized (lock) {
            accepted++;
            connections.add(connection);
        }
        Thread thread = new Thread(connection, "collector-connection");
        thread.setDaemon(true);
        thread.start();
    }
}
