package dev.logagent.transport.websocket;

import dev.logagent.api.transport.Excerpt;
import dev.logagent.api.transport.SendResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.framing.TextFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from the handshake to its end; it is not used again. Safe for use by several threads.
 *
 * <p>The library reads and writes on two threads of its own; those who send only wait.
 */
final class Connection extends WebSocketClient {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** A receiver that talks this long without an answer among it does not speak the protocol. */
    private static final int MOST_UNKNOWN_IN_A_ROW = 1_000;

    /** A receiver that pings but does not read gets no more pongs than this. */
    private static final int MOST_QUEUED_FRAMES = 1_024;

    private final Settings settings;
    private final Failures failures;
    private final AtomicReference<@Nullable Refusal> refusal;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();
    private final Object sendLock = new Object();
    private long pings; // guarded by sendLock
    private int unknownInARow; // of the reading thread
    private volatile boolean ended;
    private volatile long lastHeardNanos = startedNanos;
    private volatile long maxFrameBytes = Long.MAX_VALUE;
    private volatile @Nullable Exception firstError;

    Connection(Settings settings, Failures failures) {
        this(settings, failures, new AtomicReference<>());
    }

    private Connection(Settings settings, Failures failures, AtomicReference<@Nullable Refusal> refusal) {
        super(settings.endPoint().uri(), new ClientDraft(refusal::set), settings.headers(), (int)
                settings.connectTimeout().toMillis());
        this.settings = settings;
        this.failures = failures;
        this.refusal = refusal;
        setDaemon(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(0);
        setSocketFactory(settings.sockets());
    }

    /** Whether it is of no more use. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Waits until the connection is open.
     *
     * @throws NotConnectedException if it is not, within the time that connecting may take
     */
    void awaitOpen() throws NotConnectedException, InterruptedException {
        long left = settings.connectTimeout().toNanos() - (System.nanoTime() - startedNanos);
        try {
            opened.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            NotConnectedException timeout = failures.connectTimeout();
            end(timeout);
            throw timeout;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotConnectedException failure) {
                throw failure.here();
            }
            throw new IllegalStateException("the handshake failed in an unknown way", e);
        }
    }

    /** Sends a frame, unless it is larger than the receiver allows; {@link #await} waits for the answer. */
    Unacknowledged.Waiting submit(String batchId, ByteBuffer frame) throws NotConnectedException {
        if (frame.remaining() > maxFrameBytes) {
            return Unacknowledged.Waiting.settled(
                    batchId,
                    new SendResult.Rejected("the receiver takes frames of up to " + maxFrameBytes
                            + " bytes, the batch needs " + frame.remaining()));
        }
        Unacknowledged.Waiting batch = unacknowledged.add(batchId, frame.remaining());
        if (batch.owner()) {
            try {
                synchronized (sendLock) {
                    TextFrame text = new TextFrame();
                    text.setPayload(frame);
                    sendFrame(text);
                    if (!settings.acknowledged()) {
                        unacknowledged.confirmByPong(batch, ++pings);
                        sendFrame(ping(pings));
                    }
                }
            } catch (WebsocketNotConnectedException e) {
                unacknowledged.remove(batch);
                throw failures.closed(0, "");
            }
        }
        return batch;
    }

    /**
     * Waits for the answer to a frame that was sent.
     *
     * @throws IOException if none has come
     */
    SendResult await(Unacknowledged.Waiting batch) throws IOException, InterruptedException {
        try {
            return batch.result().get(settings.ackTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String reason = failures.destination() + " did not acknowledge the batch within ack_timeout_ms";
            if (!unacknowledged.answeredSince(batch)) {
                // Stuck as a whole: what waits in its queue would only be sent again, and again.
                end(NotConnectedException.retry(reason));
            }
            throw new IOException(reason, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotConnectedException failure) {
                return failure.ofBatchThatWasSent();
            }
            throw new IllegalStateException("the answer failed in an unknown way", e);
        } finally {
            unacknowledged.remove(batch);
        }
    }

    /** Asks for a sign of life. */
    void ping() {
        try {
            synchronized (sendLock) {
                sendFrame(ping(++pings));
            }
        } catch (WebsocketNotConnectedException e) {
            LOG.trace("closed before the ping", e);
        }
    }

    /** Whether anything has come in since then. */
    boolean heardSince(long nanos) {
        return lastHeardNanos - nanos > 0;
    }

    /** Says goodbye, and waits for the receiver to say it, too, but not for long. */
    void closePolitely(Duration patience) {
        close();
        boolean interrupted = false;
        try {
            closed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("{} did not close the connection in time", failures.destination());
        }
        end(NotConnectedException.retry("the connection to " + failures.destination() + " is closed"));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the connection here and now, whatever the receiver or the network does. */
    void end(NotConnectedException reason) {
        ended = true;
        opened.completeExceptionally(reason);
        unacknowledged.end(reason, false);
        Socket socket = getSocket();
        if (socket != null) {
            try {
                // Waits neither for what the kernel has not sent nor for TLS to say goodbye.
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                LOG.trace("closed already", e);
            }
        }
    }

    /**
     * Makes the handshake of TLS, too: the library leaves it to the first of its two threads that reads or writes, and
     * when it fails there, the other one may be the first to say that the connection has ended, without a reason.
     */
    @Override
    protected void onSetSSLParameters(SSLParameters parameters) {
        super.onSetSSLParameters(parameters);
        if (getSocket() instanceof SSLSocket socket) {
            socket.setSSLParameters(parameters);
            try {
                socket.startHandshake();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        String limit = handshake.getFieldValue("Log-Agent-Max-Frame");
        if (limit.matches("[1-9][0-9]{0,17}")) {
            maxFrameBytes = Long.parseLong(limit);
        }
        lastHeardNanos = System.nanoTime();
        opened.complete(this);
        if (ended) {
            close();
        }
    }

    @Override
    public void onMessage(String message) {
        lastHeardNanos = System.nanoTime();
        Answer answer = Answer.read(message);
        if (answer instanceof Answer.Ack ack) {
            ack.batchIds().forEach(id -> settle(id, SendResult.delivered()));
        } else if (answer instanceof Answer.Retry retry) {
            settle(retry.batchId(), new SendResult.Retry(retry.reason(), retry.after()));
        } else if (answer instanceof Answer.Reject reject) {
            settle(reject.batchId(), new SendResult.Rejected(reject.reason()));
        } else {
            unknown(message);
        }
    }

    @Override
    public void onMessage(ByteBuffer message) {
        lastHeardNanos = System.nanoTime();
        unknown("a binary frame");
    }

    @Override
    public void onWebsocketPing(WebSocket connection, Framedata ping) {
        lastHeardNanos = System.nanoTime();
        if (connection instanceof WebSocketImpl engine && engine.outQueue.size() < MOST_QUEUED_FRAMES) {
            super.onWebsocketPing(connection, ping);
        }
    }

    @Override
    public void onWebsocketPong(WebSocket connection, Framedata pong) {
        lastHeardNanos = System.nanoTime();
        ByteBuffer payload = pong.getPayloadData();
        if (payload.remaining() == Long.BYTES) {
            unacknowledged.pong(payload.getLong(payload.position()));
        }
    }

    @Override
    public void onError(Exception error) {
        if (firstError == null) {
            firstError = error instanceof UncheckedIOException wrapped ? wrapped.getCause() : error;
        }
    }

    @Override
    public void onClose(int code, @Nullable String reason, boolean remote) {
        ended = true;
        String detail = reason == null ? "" : reason;
        NotConnectedException failure = opened.isDone() ? failures.closed(code, detail) : notOpened(detail);
        if (opened.completeExceptionally(failure)) {
            LOG.debug("{}", failure.getMessage());
        }
        unacknowledged.end(failure, code == Failures.TOO_BIG && remote);
        closed.complete(true);
    }

    private NotConnectedException notOpened(String detail) {
        Refusal refused = refusal.get();
        Exception error = firstError;
        return refused != null
                ? failures.refused(refused)
                : error != null ? failures.notConnected(error) : failures.badHandshake(detail);
    }

    private void settle(String batchId, SendResult result) {
        unknownInARow = 0;
        if (!settings.acknowledged() || !unacknowledged.answered(batchId, result)) {
            LOG.debug("{} answers for a batch that nobody waits for", failures.destination());
        }
    }

    private void unknown(String message) {
        unknownInARow++;
        if (unknownInARow == 1) {
            LOG.warn("{} says something that is no answer: {}", failures.destination(), Excerpt.of(message));
        } else if (unknownInARow == MOST_UNKNOWN_IN_A_ROW) {
            end(NotConnectedException.retry(failures.destination() + " sends " + MOST_UNKNOWN_IN_A_ROW
                    + " messages that are no answers: is it a log-agent receiver?"));
        }
    }

    private static PingFrame ping(long number) {
        PingFrame frame = new PingFrame();
        frame.setPayload(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return frame;
    }
}
