package dev.logagent.receiver.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.SSLParametersWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket server that hands every batch to a {@link BatchHandler}. Safe for use by several threads. */
public final class BatchReceiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchReceiver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SECONDS_BETWEEN_PINGS = 30;

    private final Server server;

    private BatchReceiver(Server server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param address port 0 takes a free one
     * @throws IOException if the address is taken
     */
    public static BatchReceiver start(InetSocketAddress address, ReceiverSettings settings, BatchHandler handler)
            throws IOException, InterruptedException {
        Server server = new Server(address, settings, handler);
        server.setReuseAddr(true);
        server.setTcpNoDelay(true);
        server.setDaemon(true);
        server.setConnectionLostTimeout(SECONDS_BETWEEN_PINGS);
        if (settings.tls() != null) {
            SSLParameters parameters = settings.tls().getDefaultSSLParameters();
            parameters.setNeedClientAuth(settings.demandsClientCertificate());
            server.setWebSocketFactory(new SSLParametersWebSocketServerFactory(settings.tls(), parameters));
        }
        server.start();
        try {
            server.listening.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            server.stop(0);
            throw new IOException("cannot listen on " + address + ": " + reason(e), e);
        }
        return new BatchReceiver(server);
    }

    public int port() {
        return server.getPort();
    }

    /** Breaks every connection without a word; new ones are welcome. */
    public void cutAll() {
        for (WebSocket connection : List.copyOf(server.getConnections())) {
            connection.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
        }
    }

    /** Says goodbye to every sender and stops listening. */
    @Override
    public void close() {
        try {
            server.stop((int) PATIENCE.toMillis(), "the receiver stops");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        return cause == null ? "no answer from the system" : String.valueOf(cause.getMessage());
    }

    private static final class Server extends WebSocketServer {

        final CompletableFuture<Boolean> listening = new CompletableFuture<>();
        private final ReceiverSettings settings;
        private final BatchHandler handler;

        Server(InetSocketAddress address, ReceiverSettings settings, BatchHandler handler) {
            super(address, List.of(new ServerDraft(settings.maxMessageBytes())));
            this.settings = settings;
            this.handler = handler;
        }

        @Override
        public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
                WebSocket connection, Draft draft, ClientHandshake request) throws InvalidDataException {
            ServerHandshakeBuilder response = super.onWebsocketHandshakeReceivedAsServer(connection, draft, request);
            response.put("Log-Agent-Max-Frame", Integer.toString(settings.maxMessageBytes()));
            return response;
        }

        @Override
        public void onStart() {
            listening.complete(true);
        }

        @Override
        public void onOpen(WebSocket connection, ClientHandshake handshake) {
            Map<String, String> headers = new HashMap<>();
            for (Iterator<String> names = handshake.iterateHttpFields(); names.hasNext(); ) {
                String name = names.next();
                headers.put(name.toLowerCase(Locale.ROOT), handshake.getFieldValue(name));
            }
            handler.connected(handshake.getResourceDescriptor(), headers);
        }

        @Override
        public void onMessage(WebSocket connection, String frame) {
            ReceivedBatch batch;
            try {
                batch = ReceivedBatch.read(frame);
            } catch (IOException e) {
                // Nobody waits for an answer to a frame without an id, so the whole connection has to tell.
                connection.close(CloseFrame.REFUSE, "not a batch");
                return;
            }
            handler.received(batch, new Reply(connection, batch.id()));
        }

        @Override
        public void onMessage(WebSocket connection, ByteBuffer frame) {
            connection.close(CloseFrame.REFUSE, "batches come in text frames");
        }

        @Override
        public void onClose(WebSocket connection, int code, String reason, boolean remote) {
            LOG.debug("connection closed: {} {}", code, reason);
        }

        @Override
        public void onError(@Nullable WebSocket connection, Exception e) {
            if (!listening.completeExceptionally(e)) {
                LOG.debug("connection failed", e);
            }
        }
    }
}
