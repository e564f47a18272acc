package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ProtocolVersionMismatchException;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import dev.logagent.api.tls.Tls;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens connections, to the first host that takes one. Safe for use by several threads. */
final class Connector {

    private final EndPoint endPoint;
    private final String user;
    private final String password;
    private final @Nullable Tls tls;
    private final RabbitSettings settings;
    private final String agentVersion;

    /** Those of attempts that are under way. */
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Connector(
            EndPoint endPoint,
            String user,
            String password,
            @Nullable Tls tls,
            RabbitSettings settings,
            String agentVersion) {
        this.endPoint = endPoint;
        this.user = user;
        this.password = password;
        this.tls = tls;
        this.settings = settings;
        this.agentVersion = agentVersion;
    }

    /** What is done with a connection once it is open; may fail, and then the next host is tried. */
    interface Use<T> {
        T of(Connection connection, Wire wire, String host) throws IOException;
    }

    /**
     * Connects to one host after the other until one works. Blocks, but not for ever, and cannot be interrupted.
     *
     * @throws RefusedException if time alone will not help, with a message for the user
     * @throws IOException if no host works now, with a message for the user
     */
    <T> T connect(Use<T> use, ExecutorService executor, ScheduledExecutorService watchdog) throws IOException {
        List<String> reasons = new ArrayList<>();
        boolean refused = true;
        List<Exception> failures = new ArrayList<>();
        for (Address host : endPoint.hosts()) {
            Wire wire = new Wire();
            wires.add(wire);
            if (closed) {
                wire.cut();
            }
            // The library's own timeouts do not cover writes, nor a TLS handshake to the last byte.
            Future<?> limit =
                    watchdog.schedule(wire::cut, 8 * settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
            try {
                return use.of(open(host, wire, executor), wire, name(host));
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                wire.cut();
                reasons.add(reason(name(host), e));
                refused &= isRefusal(e);
                failures.add(e);
            } finally {
                limit.cancel(false);
                wires.remove(wire);
            }
        }
        String message = String.join("; ", reasons);
        IOException all = refused ? new RefusedException(message) : new IOException(message);
        failures.forEach(all::addSuppressed);
        throw all;
    }

    /** Ends all attempts, now and in future. */
    void close() {
        closed = true;
        wires.forEach(Wire::cut);
    }

    private Connection open(Address host, Wire wire, ExecutorService executor) throws IOException, TimeoutException {
        ConnectionFactory factory = new WiredFactory(wire, executor);
        factory.setUsername(user);
        factory.setPassword(password);
        factory.setVirtualHost(endPoint.virtualHost());
        int timeout = (int) settings.connectTimeout().toMillis();
        factory.setConnectionTimeout(timeout);
        factory.setHandshakeTimeout(timeout);
        factory.setChannelRpcTimeout(timeout);
        factory.setRequestedHeartbeat((int) settings.heartbeat().toSeconds());
        // What is on its way when a connection ends is the agent's to send again.
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setShutdownExecutor(executor);
        factory.setThreadFactory(work -> {
            Thread thread = new Thread(work, "rabbitmq-connection");
            thread.setDaemon(true);
            return thread;
        });
        Map<String, Object> properties = factory.getClientProperties();
        properties.put("product", "log-agent");
        properties.put("version", agentVersion);
        properties.put("information", "");
        factory.setClientProperties(properties);
        return factory.newConnection(executor, List.of(host), settings.connectionName());
    }

    private SocketFactory sockets() {
        if (!endPoint.tls()) {
            return SocketFactory.getDefault();
        }
        return tls == null ? SSLSocketFactory.getDefault() : tls.sockets();
    }

    private void configure(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) settings.connectTimeout().toMillis());
        if (socket instanceof SSLSocket secure && (tls == null || tls.verified())) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
    }

    private String reason(String host, Exception failure) {
        Failure detail = Failure.of(failure);
        if (failure instanceof AuthenticationFailureException) {
            return host + " refuses the user '" + user + "' or the password";
        } else if (failure instanceof PossibleAuthenticationFailureException && detail.code() == 0) {
            // One that refuses says so; one that dies does not.
            return "the connection to " + host + " broke while logging in: " + detail.text();
        }
        if (detail.code() != 0) {
            return host + " refuses: " + detail.code() + " " + detail.text();
        } else if (causedBy(failure, UnknownHostException.class)) {
            return "the host " + host + " is unknown";
        } else if (failure instanceof SSLException) {
            return "no secure connection to " + host + ": " + detail.text();
        } else if (failure instanceof TimeoutException || causedBy(failure, SocketTimeoutException.class)) {
            return host + " does not answer within connect_timeout_ms";
        } else if (failure instanceof MalformedFrameException || failure instanceof ProtocolVersionMismatchException) {
            return host + " does not speak AMQP 0-9-1: " + detail.text();
        } else if (failure instanceof RefusedException) {
            return host + ": " + detail.text();
        }
        return "cannot connect to " + host + ": " + detail.text();
    }

    /** Whether a person has to do something, rather than time. */
    private static boolean isRefusal(Exception failure) {
        int code = Failure.of(failure).code();
        return failure instanceof RefusedException
                || failure instanceof AuthenticationFailureException
                || failure instanceof ProtocolVersionMismatchException
                || failure instanceof MalformedFrameException
                // Not allowed, access refused: the virtual host is unknown, or not for this user.
                || code == 530
                || code == 403
                // A broker that dies during the handshake shows as an SSLException, too.
                || (failure instanceof SSLException
                        && !causedBy(failure, EOFException.class)
                        && !causedBy(failure, SocketException.class));
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String name(Address host) {
        String name = host.getHost();
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + host.getPort();
    }

    /** Makes connections over a wire of ours. */
    private final class WiredFactory extends ConnectionFactory {

        private final Wire wire;
        private final ExecutorService executor;

        WiredFactory(Wire wire, ExecutorService executor) {
            this.wire = wire;
            this.executor = executor;
        }

        @Override
        protected synchronized FrameHandlerFactory createFrameHandlerFactory() {
            return wire.handlers(
                    (int) settings.connectTimeout().toMillis(),
                    sockets(),
                    Connector.this::configure,
                    endPoint.tls(),
                    executor);
        }
    }
}
