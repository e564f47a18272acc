package dev.logagent.testkit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A real RabbitMQ broker for tests, which can be stopped, killed and started again with all it has. It listens on
 * 127.0.0.1 with and without TLS. Needs {@code com.rabbitmq:amqp-client} on the class path. Not safe for use by several
 * threads.
 */
public final class RabbitBroker implements AutoCloseable {

    /** A user who may do everything. */
    public static final String USER = "tester";

    /** A password with characters that have a meaning in a URL. */
    public static final String PASSWORD = "p@ss:w/rd%";

    /** A user who may publish, but neither declare nor publish to an exchange whose name starts with {@code secret}. */
    public static final String RESTRICTED_USER = "restricted";

    /** The broker closes the channel of whoever publishes more than this many bytes in one message. */
    public static final int MAX_MESSAGE_BYTES = 2_000_000;

    private final TestCertificates certificates = TestCertificates.create();
    private final int port = RabbitServer.freePort();
    private final int tlsPort = RabbitServer.freePort();
    private final RabbitServer server;

    private RabbitBroker(Path folder, List<String> virtualHosts) throws IOException, InterruptedException {
        RabbitBrokerFiles.write(folder, port, tlsPort, certificates, virtualHosts);
        server = RabbitServer.start(folder, port);
    }

    /**
     * Makes a broker and waits until it answers.
     *
     * @param folder an empty folder for all that it writes
     * @param virtualHosts its virtual hosts besides {@code /}
     */
    public static RabbitBroker start(Path folder, List<String> virtualHosts) throws IOException, InterruptedException {
        return new RabbitBroker(folder, virtualHosts);
    }

    /** The port for those who come without TLS. */
    public int port() {
        return port;
    }

    /** The port for TLS, which also wants to see a certificate of {@link #certificates}. */
    public int tlsPort() {
        return tlsPort;
    }

    /** The authority of the broker's certificate and of those that it trusts. */
    public TestCertificates certificates() {
        return certificates;
    }

    /** The end point of {@link #USER}, at the broker's port or that of a proxy before it. */
    public static String endPoint(int port, String virtualHost) {
        return "amqp://" + credentials(USER) + "@127.0.0.1:" + port + "/" + encoded(virtualHost);
    }

    /** A user with {@link #PASSWORD}, as an end point holds them. */
    public static String credentials(String user) {
        return user + ":" + encoded(PASSWORD);
    }

    /** A connection of {@link #USER}, to be closed by the caller; it does not come back after a failure. */
    public Connection connect(String virtualHost) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setUsername(USER);
        factory.setPassword(PASSWORD);
        factory.setVirtualHost(virtualHost);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection("test");
    }

    /** Stops the broker as an operator does, and waits for its end. */
    public void stop() throws InterruptedException {
        server.stop();
    }

    /** Ends the broker at once, without a chance to say goodbye; what has been declared by now is there afterwards. */
    public void kill() throws IOException, TimeoutException {
        settleDefinitions();
        server.kill();
    }

    /** Starts the broker again at the same ports, and waits until it answers. */
    public void restart() throws IOException, InterruptedException {
        server.restart();
    }

    /**
     * Runs {@code rabbitmqctl} for this broker; takes a second or two.
     *
     * @return what it says
     */
    public String control(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(server.tools().resolve("rabbitmqctl").toString(), "--quiet"));
        Collections.addAll(command, arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(server.environment());
        Process control = builder.start();
        String output;
        try (InputStream out = control.getInputStream()) {
            output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (control.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /**
     * The broker's database may hold the decision to keep the last definition in memory for two seconds more, though it
     * has confirmed it; who kills it within that time loses it. The next definition takes the one before to the disk.
     */
    private void settleDefinitions() throws IOException, TimeoutException {
        try (Connection connection = connect("/");
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("settled", "fanout", true);
            channel.exchangeDelete("settled");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
