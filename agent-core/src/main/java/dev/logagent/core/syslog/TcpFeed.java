package dev.logagent.core.syslog;

import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.InputConfig.Syslog;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections and reads messages from them, each on a thread of its own. While the destination is slow nothing is
 * read, and TCP makes the senders wait. What was read but has not been delivered when the agent is killed is lost: the
 * protocol has no acknowledgements.
 */
public final class TcpFeed implements Feed {

    private static final int READ_BYTES = 16 * 1024;
    private static final int PATIENCE_MILLIS = 100;
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int BACKLOG = 128;

    /** Whoever scans ports must not fill the log: each is told of once, and so many at most. */
    private static final int MOST_TOLD = 100;

    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Syslog config;
    private final SourceInfo source;
    private final AgentEvents events;
    private final FatalError fatal;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<InetAddress> untrusted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean closed;
    private boolean refusing;
    private @Nullable ServerSocket server;

    /** @param fatal is told if a connection's thread dies of a bug */
    public TcpFeed(Syslog config, SourceInfo source, AgentEvents events, FatalError fatal) {
        this.fatal = fatal;
        this.config = config;
        this.source = source;
        this.events = events;
    }

    @Override
    public void open() throws IOException {
        ServerSocket opened = new ServerSocket();
        server = opened;
        opened.setReuseAddress(true);
        opened.setSoTimeout(PATIENCE_MILLIS);
        Ports.bind(config, address -> {
            opened.bind(address, BACKLOG);
            return opened;
        });
        events.inputOpened(source.name(), config.shown(), "as it comes");
    }

    @Override
    public boolean read(boolean finishing, Handover to) throws InterruptedException {
        ServerSocket open = server;
        if (open == null) {
            return false;
        }
        try {
            accept(open.accept(), to);
            return true;
        } catch (SocketTimeoutException e) {
            return !finishing || System.nanoTime() - lastHeard < SILENCE_NANOS;
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
        }
    }

    private void read(InputStream in, Framer framer, Handover to) throws IOException {
        byte[] bytes = new byte[READ_BYTES];
        try {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                lastHeard = System.nanoTime();
                if (!framer.add(bytes, read, to)) {
                    return;
                }
            }
        } finally {
            if (!closed) {
                framer.end(to);
            }
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLContext tls = config.tls();
        if (tls == null) {
            return plain;
        }
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
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
        try {
            if (server != null) {
                server.close();
            }
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            events.inputNotice(source.name(), config.shown(), "closing: " + e.getMessage());
        }
    }
}
