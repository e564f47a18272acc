package dev.logagent.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Listens on a port of 127.0.0.1 with a thread of its own, and hands over each connection. */
final class Acceptor {

    /** What happens to a connection; must not block. */
    interface Handler {
        void handle(Socket socket) throws IOException;
    }

    private final ServerSocket socket;
    private final Thread thread;

    /**
     * Starts to listen.
     *
     * @param socket not bound yet
     * @param port 0 for any that is free
     */
    Acceptor(ServerSocket socket, int port, Handler handler) throws IOException {
        this.socket = socket;
        socket.setReuseAddress(true);
        socket.bind(Loopback.port(port), 128);
        this.thread = new Thread(() -> accept(socket, handler), "acceptor-" + socket.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    /** The port, even after {@link #close}. */
    int port() {
        return socket.getLocalPort();
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    /** Stops listening. When this returns, the kernel takes no connection any more. */
    void close() {
        try {
            socket.close();
            // The kernel keeps the port open until the thread has left its call to accept.
            thread.join(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void accept(ServerSocket socket, Handler handler) {
        while (!socket.isClosed()) {
            try {
                handler.handle(socket.accept());
            } catch (IOException e) {
                // Closed, or a client that left at once; the loop sees which.
            }
        }
    }
}
