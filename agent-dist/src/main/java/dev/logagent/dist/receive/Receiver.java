package dev.logagent.dist.receive;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server that takes what the agent sends, over HTTP and, if asked, over WebSocket. */
public final class Receiver implements AutoCloseable {

    static {
        // Without it each answer waits 40 ms for the client's delayed acknowledgement. Read when the server's classes
        // are loaded.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final @Nullable EventStore store;
    private final int maxBodyBytes;
    private final Intake intake;
    private final ReceiverStats stats = new ReceiverStats();
    private @Nullable WebSocketReceiver webSocket;

    /**
     * Starts to listen for HTTP.
     *
     * @param address where; port 0 takes a free one
     * @param maxBodyBytes larger bodies, before or after unpacking, are answered with 413; frames have the same limit
     * @param storePath a file that events are appended to, or null
     * @param lines where each event is printed, or null
     * @throws IOException if the address is taken, or the file cannot be written
     */
    public Receiver(
            InetSocketAddress address,
            int maxBodyBytes,
            Faults faults,
            @Nullable Path storePath,
            @Nullable PrintStream lines)
            throws IOException {
        this.maxBodyBytes = maxBodyBytes;
        server = HttpServer.create(address, 0);
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receive-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            store = storePath == null ? null : new EventStore(storePath);
        } catch (IOException e) {
            server.stop(0);
            throw e;
        }
        server.setExecutor(threads);
        intake = new Intake(faults, stats, store, events -> {
            if (lines != null) {
                events.forEach(event -> lines.println(event.shown()));
                lines.flush();
            }
        });
        server.createContext("/", new ReceiveHandler(maxBodyBytes, intake, stats));
        server.start();
    }

    /**
     * Listens for WebSocket, too, with the same faults, counters, file and output. To be called once at most.
     *
     * @param address where; port 0 takes a free one
     * @return the port
     * @throws IOException if the address is taken
     */
    public int listenForWebSocket(InetSocketAddress address) throws IOException, InterruptedException {
        webSocket = WebSocketReceiver.start(address, maxBodyBytes, intake);
        return webSocket.port();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    public ReceiverStats stats() {
        return stats;
    }

    /** Stops listening; requests in progress are cut off. */
    @Override
    public void close() throws IOException {
        if (webSocket != null) {
            webSocket.close();
        }
        server.stop(0);
        threads.shutdownNow();
        if (store != null) {
            store.close();
        }
    }
}
