package dev.logagent.dist.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A destination for more lines than anybody wants to keep: remembers only how many of each stream have come, and whether they
 * came in order. It looks for {@code #STREAM NUMBER } in the bytes, wherever a format puts them. Safe for use by several
 * threads.
 */
final class FastDestination implements AutoCloseable {

    private final Map<String, Long> next = new HashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private int port;
    private long repeats;
    private @Nullable String fault;
    private @Nullable HttpServer server;

    /** Listens, on the same port as before. */
    void open() throws IOException {
        HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        port = opened.getAddress().getPort();
        opened.createContext("/", this::take);
        opened.setExecutor(threads);
        opened.start();
        server = opened;
    }

    /** Is away from now on. */
    void leave() {
        HttpServer open = server;
        if (open != null) {
            open.stop(0);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/log";
    }

    /** The text of a line, which is so many bytes long with its newline. */
    static String line(String stream, long number, int bytes) {
        String start = "#" + stream + " " + number + " ";
        return start + "x".repeat(bytes - start.length() - 1) + "\n";
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        scan(body);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private synchronized void scan(byte[] body) {
        for (int at = 0; at < body.length; at++) {
            if (body[at] == '#') {
                int space = indexOfSpace(body, at);
                int end = indexOfSpace(body, space + 1);
                String stream = new String(body, at + 1, space - at - 1, StandardCharsets.US_ASCII);
                came(stream, Long.parseLong(new String(body, space + 1, end - space - 1, StandardCharsets.US_ASCII)));
                at = end;
            }
        }
    }

    private static int indexOfSpace(byte[] body, int from) {
        int at = from;
        while (body[at] != ' ') {
            at++;
        }
        return at;
    }

    private void came(String stream, long number) {
        long expected = next.getOrDefault(stream, 0L);
        if (number == expected) {
            next.put(stream, number + 1);
        } else if (number < expected) {
            repeats++;
        } else if (fault == null) {
            fault = stream + " " + number + " came before " + expected;
        }
    }

    /** How many lines of a stream have come. */
    synchronized long count(String stream) {
        return next.getOrDefault(stream, 0L);
    }

    /** How many lines came that had come before. */
    synchronized long repeats() {
        return repeats;
    }

    /** The first line that came too early, or null. */
    synchronized @Nullable String fault() {
        return fault;
    }

    @Override
    public void close() {
        leave();
        threads.shutdownNow();
    }
}
