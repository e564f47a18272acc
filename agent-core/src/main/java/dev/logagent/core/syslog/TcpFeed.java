package dev.logagent.core.syslog;

import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.config.ServerTls;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Feed;
import dev.logagent.core.input.Handover;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Accepts connections and reads messages from them, each on a thread of its own. While the destination is slow nothing is
 * read, and TCP makes the senders wait. What was read but has not been delivered when the agent is killed is lost: the
 * protocol has no acknowledgements.
 */
final class TcpFeed implements Feed {

    private static final int READ_BYTES = 16 * 1024;
    private static final int PATIENCE_MILLIS = 100;
    private static final int HANDSHAKE_MILLIS = 10_000;

    /** Whoever scans ports must not fill the log: each is told of once, and so many at most. */
    private static final int MOST_TOLD = 100;

    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Syslog config;
    private final ServerSocket server;
    private final SourceInfo source;
    private final AgentEvents events;
    private final FatalError fatal;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<InetAddress> untrusted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();

    /** Connections from which something has been read that is not handed over yet. */
    private final AtomicInteger busy = new AtomicInteger();

    private volatile long lastHeard = System.nanoTime();
    private volatile boolean closed;
    private boolean refusing;
    private boolean leaving;

    /**
     * @param server bound; not closed by this
     * @param fatal is told if a connection's thread dies of a bug
     */
    TcpFeed(Syslog config, ServerSocket server, SourceInfo source, AgentEvents events, FatalError fatal) {
        this.fatal = fatal;
        this.config = config;
        this.server = server;
        this.source = source;
        this.events = events;
    }

    @Override
    public void open() throws IOException {
        server.setSoTimeout(PATIENCE_MILLIS);
        events.inputOpened(source.name(), config.shown(), "as it comes");
    }

    @Override
    public boolean read(boolean finishing, Handover to) throws InterruptedException {
        if (finishing) {
            takeLeave();
        }
        try {
            accept(server.accept(), to);
            return true;
        } catch (SocketTimeoutException e) {
            return !finishing || busy.get() > 0 || System.nanoTime() - lastHeard < SILENCE_NANOS;
        } catch (IOException e) {
            // Out of descriptors, most likely: it may pass.
            if (!refusing) {
                events.inputNotice(source.name(), config.shown(), "cannot accept connections: " + e.getMessage());
            }
            refusing = true;
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
            return !finishing;
        }
    }

    /** Ends this side of each connection, once: a sender that looks sends no more on it, and what it has sent can be read. */
    private void takeLeave() {
        if (!leaving) {
            leaving = true;
            lastHeard = System.nanoTime();
            connections.forEach(socket -> Ports.close(socket::shutdownOutput));
        }
    }

    private void accept(Socket socket, Handover to) throws IOException {
        lastHeard = System.nanoTime();
        if (connections.size() >= config.maxConnections()) {
            if (!refusing) {
                events.inputNotice(
                        source.name(),
                        config.shown(),
                        "further connections are refused, the first from "
                                + socket.getInetAddress().getHostAddress() + ": max_connections is "
                                + config.maxConnections());
            }
            refusing = true;
            socket.close();
            return;
        }
        refusing = false;
        connections.add(socket);
        busy.incrementAndGet();
        Threads.start(
                "syslog-" + source.name() + "-" + numbers.incrementAndGet(), fatal.guard(() -> serve(socket, to)));
    }

    private void serve(Socket plain, Handover to) {
        try (plain;
                Socket socket = secured(plain)) {
            socket.setKeepAlive(true);
            String protocol = config.protocol().name().toLowerCase(Locale.ROOT);
            Peer peer = new Peer(source, protocol, plain.getInetAddress(), config.maxMessageBytes(), events);
            Framer framer = new Framer(peer, config.maxMessageBytes());
            read(socket.getInputStream(), framer, to);
        } catch (SSLException e) {
            if (!closed && untrusted.size() < MOST_TOLD && untrusted.add(plain.getInetAddress())) {
                events.inputNotice(
                        source.name(),
                        config.shown(),
                        plain.getInetAddress().getHostAddress() + " has not made a TLS connection: " + e.getMessage());
            }
        } catch (IOException e) {
            // Closed by this side, or cut by the other: what was complete has been handed over.
        } finally {
            connections.remove(plain);
            busy.decrementAndGet();
        }
    }

    private void read(InputStream in, Framer framer, Handover to) throws IOException {
        byte[] bytes = new byte[READ_BYTES];
        try {
            for (int read = receive(in, bytes); read >= 0; read = receive(in, bytes)) {
                lastHeard = System.nanoTime();
                if (!framer.add(bytes, read, to)) {
                    return;
                }
            }
        } finally {
            if (!closed) {
                framer.end(to);
            } else if (framer.isInside()) {
                events.recordsLost(
                        source.name(), config.shown(), 1, "the agent closed the connection in the middle of it");
            }
        }
    }

    private int receive(InputStream in, byte[] bytes) throws IOException {
        busy.decrementAndGet();
        try {
            return in.read(bytes);
        } finally {
            busy.incrementAndGet();
        }
    }

    private Socket secured(Socket plain) throws IOException {
        ServerTls tls = config.tls();
        if (tls == null) {
            return plain;
        }
        SSLSocket socket = (SSLSocket) tls.context().getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(config.clientMustProve());
        plain.setSoTimeout(HANDSHAKE_MILLIS);
        socket.startHandshake();
        plain.setSoTimeout(0);
        return socket;
    }

    @Override
    public void close() {
        closed = true;
        connections.forEach(Ports::close);
    }
}
