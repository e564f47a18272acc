package dev.logagent.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real RabbitMQ broker as a child process, which can be stopped, killed and started again with all it has. It listens
 * on 127.0.0.1 with and without TLS, and keeps everything, its cookie and its port mapper too, to itself.
 *
 * <p>It is the server script that the environment variable {@value #SERVER_VARIABLE} names, else the one of the
 * {@code rabbitmq-server} package. Not safe for use by several threads.
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

    private static final String SERVER_VARIABLE = "LOG_AGENT_TEST_RABBITMQ_SERVER";
    private static final List<String> USUAL_PLACES = List.of(
            // Debian's; the one in /usr/sbin wants to be root, and changes the user.
            "/usr/lib/rabbitmq/bin/rabbitmq-server",
            "/opt/homebrew/sbin/rabbitmq-server",
            "/usr/local/sbin/rabbitmq-server",
            "/opt/rabbitmq/sbin/rabbitmq-server");
    private static final long START_SECONDS = 90;
    private static final long STOP_SECONDS = 30;

    private final Path folder;
    private final Path server = findServer();
    private final TestCertificates certificates = TestCertificates.create();
    private final int port = freePort();
    private final int tlsPort = freePort();
    private final int mapperPort = freePort();
    private final int distributionPort = freePort();
    private final Thread lastResort = new Thread(this::kill, "rabbit-broker-kill");
    private Process process;

    private RabbitBroker(Path folder, List<String> virtualHosts) throws IOException {
        this.folder = folder;
        RabbitBrokerFiles.write(folder, port, tlsPort, certificates, virtualHosts);
        process = launch();
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * Makes a broker and waits until it answers.
     *
     * @param folder an empty folder for all that it writes
     * @param virtualHosts its virtual hosts besides {@code /}
     */
    public static RabbitBroker start(Path folder, List<String> virtualHosts) throws IOException, InterruptedException {
        RabbitBroker broker = new RabbitBroker(folder, virtualHosts);
        broker.awaitAnswer();
        return broker;
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

    /** Stops the broker as an operator does, and waits for its end. */
    public void stop() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Ends the broker at once, without a chance to say goodbye. */
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        descendants.forEach(descendant -> descendant.onExit().join());
    }

    /** Starts the broker again at the same ports, and waits until it answers. */
    public void restart() throws IOException, InterruptedException {
        process = launch();
        awaitAnswer();
    }

    /**
     * Runs {@code rabbitmqctl} for this broker; takes a second or two.
     *
     * @return what it says
     */
    public String control(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(server.resolveSibling("rabbitmqctl").toString(), "--quiet"));
        Collections.addAll(command, arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment());
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
        kill();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        stopMapper();
    }

    /** Erlang's port mapper is started by the broker and outlives it; this one has served nobody else. */
    private void stopMapper() throws IOException {
        ProcessBuilder stop = new ProcessBuilder("epmd", "-port", Integer.toString(mapperPort), "-kill");
        stop.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        stop.start().onExit().join();
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(server.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment());
        return builder.start();
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                // The port mapper may be told to end while it still believes in a broker that was killed.
                Map.entry("ERL_EPMD_RELAXED_COMMAND_CHECK", "true"),
                Map.entry("RABBITMQ_NODENAME", "log-agent-test-" + port + "@localhost"),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
                Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("none.conf").toString()),
                Map.entry(
                        "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        folder.resolve("enabled_plugins").toString()),
                // Schedulers that wait busily would take the processor from the tests.
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"));
    }

    private static Path findServer() {
        String named = System.getenv(SERVER_VARIABLE);
        Stream<String> candidates = named == null ? USUAL_PLACES.stream() : Stream.of(named);
        return candidates
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no RabbitMQ broker to test with: install the package"
                        + " rabbitmq-server, or let " + SERVER_VARIABLE + " name its script rabbitmq-server"));
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > deadline || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                kill();
                throw new IOException("the broker does not start:\n" + Files.readString(log()));
            }
        }
    }

    /** Whether it answers the header of AMQP 0-9-1 with a method frame. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(Loopback.port(port), 1_000);
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1});
            return socket.getInputStream().read() == 1;
        } catch (IOException e) {
            return false;
        }
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(Loopback.port(0));
            return socket.getLocalPort();
        }
    }
}
