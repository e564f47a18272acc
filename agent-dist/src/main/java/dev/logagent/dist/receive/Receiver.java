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

/** An HTTP server that takes what the agent sends. */
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
    private final ReceiverStats stats = new ReceiverStats();

    /**
     * Starts to listen.
     *
     * @param address where; port 0 takes a free one
     * @param maxBodyBytes larger bodies, before or after unpacking, are answered with 413
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
        server.createContext("/", new ReceiveHandler(faults, maxBodyBytes, stats, store, events -> {
            if (lines != null) {
                events.forEach(event -> lines.println(event.shown()));
                lines.flush();
            }
        }));
        server.start();
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
        server.stop(0);
        threads.shutdownNow();
        if (store != null) {
            store.close();
        }
    }
}
