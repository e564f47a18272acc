package dev.logagent.dist.deploy;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service {@code rabbitmq} of the compose file: a real broker of this host with the files that are mounted into it. */
final class RabbitNode implements AutoCloseable {

    private static final String SERVER_VARIABLE = "LOG_AGENT_TEST_RABBITMQ_SERVER";
    private static final long START_SECONDS = 120;

    private final Path folder;
    private final Path server = findServer();
    private final int port = freePort();
    private final int mapperPort = freePort();
    private final int distributionPort = freePort();
    private final Process process;

    private RabbitNode(Path folder) throws IOException {
        this.folder = folder;
        ImageRoot root = ImageRoot.of(folder, Map.of());
        StringBuilder configuration = new StringBuilder("listeners.tcp.local = 127.0.0.1:" + port + "\n");
        for (Map.Entry<Path, String> mount :
                ComposeFile.read().mountedFiles("rabbitmq").entrySet()) {
            String text = root.move(Files.readString(mount.getKey()));
            if (mount.getValue().endsWith(".conf")) {
                configuration.append(text);
            } else {
                Path file = root.at(mount.getValue());
                Files.createDirectories(file.resolveSibling("."));
                Files.writeString(file, text);
            }
        }
        Files.writeString(folder.resolve("rabbitmq.conf"), configuration.toString());
        Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
        process = new Command(folder, server.toString()).with(environment()).start(log());
    }

    /** Starts the broker, and waits until it answers. */
    static RabbitNode start(Path folder) throws IOException, InterruptedException {
        RabbitNode node = new RabbitNode(folder);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.readString(node.log()).contains("Starting broker... completed")) {
            if (System.nanoTime() > deadline || node.process.waitFor(100, TimeUnit.MILLISECONDS)) {
                node.close();
                throw new IOException("the broker does not start:\n" + Files.readString(node.log()));
            }
        }
        return node;
    }

    /** A tool of the broker, with these arguments. */
    Command tool(List<String> line) {
        String path = server.getParent() + ":" + System.getenv("PATH");
        // env looks for the tool on this path; the process builder would look on ours.
        List<String> all = Stream.concat(Stream.of("env"), line.stream()).toList();
        return new Command(all, folder, environment()).with(Map.of("PATH", path));
    }

    /** A connection as one of the users whose password is their name. */
    Connection connect(String user) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setUsername(user);
        factory.setPassword(user);
        return factory.newConnection();
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        descendants.forEach(ProcessHandle::destroyForcibly);
        descendants.forEach(descendant -> descendant.onExit().join());
        // Erlang's port mapper is started by the broker and outlives it; this one has served nobody else.
        new ProcessBuilder("epmd", "-port", Integer.toString(mapperPort), "-kill")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    private Path log() {
        return folder.resolve("broker.txt");
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODENAME", "log-agent-deploy-" + port + "@localhost"),
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
        @Nullable String named = System.getenv(SERVER_VARIABLE);
        // Debian's; the one in /usr/sbin wants to be root, and changes the user.
        return Stream.of(named == null ? "/usr/lib/rabbitmq/bin/rabbitmq-server" : named)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no RabbitMQ broker to test with: install the package"
                        + " rabbitmq-server, or let " + SERVER_VARIABLE + " name its script rabbitmq-server"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
