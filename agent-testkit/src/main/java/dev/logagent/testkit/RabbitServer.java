package dev.logagent.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A RabbitMQ server as a child process, configured by {@code rabbitmq.conf} and {@code enabled_plugins} in its folder. It
 * keeps everything, its cookie and its port mapper too, to itself, and can be started any number of times.
 *
 * <p>It is the server script that the environment variable {@value #SERVER_VARIABLE} names, else the one of the
 * {@code rabbitmq-server} package. Not safe for use by several threads.
 */
public final class RabbitServer implements AutoCloseable {

    private static final String SERVER_VARIABLE = "LOG_AGENT_TEST_RABBITMQ_SERVER";
    private static final List<String> USUAL_PLACES = List.of(
            // Debian's; the one in /usr/sbin wants to be root, and changes the user.
            "/usr/lib/rabbitmq/bin/rabbitmq-server",
            "/opt/homebrew/sbin/rabbitmq-server",
            "/usr/local/sbin/rabbitmq-server",
            "/opt/rabbitmq/sbin/rabbitmq-server");
    private static final long START_SECONDS = 120;
    private static final long STOP_SECONDS = 30;

    private final Path folder;
    private final int port;
    private final Path script = findScript();
    private final int mapperPort = freePort();
    private final int distributionPort = freePort();
    private final Thread lastResort = new Thread(this::kill, "rabbit-server-kill");
    private Process process;

    private RabbitServer(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        process = launch();
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param folder holds the server's configuration, and gets all that it writes
     * @param port where the configuration makes it listen on 127.0.0.1, without TLS
     */
    public static RabbitServer start(Path folder, int port) throws IOException, InterruptedException {
        RabbitServer server = new RabbitServer(folder, port);
        server.awaitAnswer();
        return server;
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(Loopback.port(0));
            return socket.getLocalPort();
        }
    }

    /** Stops the server as an operator does, and waits for its end. */
    public void stop() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Ends the server at once, without a chance to say goodbye. */
    public void kill() {
        ProcessTree.kill(process);
    }

    /** Starts the server again with all it has, and waits until it answers. */
    public void restart() throws IOException, InterruptedException {
        process = launch();
        awaitAnswer();
    }

    /** The folder of the server's tools: {@code rabbitmqctl} and others. */
    public Path tools() {
        return script.resolveSibling("");
    }

    /** The variables by which the server and its tools know each other. */
    public Map<String, String> environment() {
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

    @Override
    public void close() throws IOException {
        kill();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        stopMapper();
    }

    /** Erlang's port mapper is started by the server and outlives it; this one has served nobody else. */
    private void stopMapper() throws IOException {
        ProcessBuilder stop = new ProcessBuilder("epmd", "-port", Integer.toString(mapperPort), "-kill");
        Process stopping = stop.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            stopping.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment());
        return builder.start();
    }

    private static Path findScript() {
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
                close();
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
}
