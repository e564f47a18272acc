package dev.logagent.dist.deploy;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.logagent.testkit.RabbitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The service {@code rabbitmq} of the compose file: a real broker of this host with the files that are mounted into it. */
final class RabbitNode implements AutoCloseable {

    private final Path folder;
    private final int port = RabbitServer.freePort();
    private final RabbitServer server;

    private RabbitNode(Path folder) throws IOException, InterruptedException {
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
        server = RabbitServer.start(folder, port);
    }

    /** Starts the broker, and waits until it answers. */
    static RabbitNode start(Path folder) throws IOException, InterruptedException {
        return new RabbitNode(folder);
    }

    /** Where it takes connections on this host. */
    int port() {
        return port;
    }

    /** A tool of the broker, with these arguments. */
    Command tool(List<String> line) {
        String path = server.tools() + ":" + System.getenv("PATH");
        // env looks for the tool on this path; the process builder would look on ours.
        List<String> all = Stream.concat(Stream.of("env"), line.stream()).toList();
        return new Command(all, folder, server.environment()).with(Map.of("PATH", path));
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
        server.close();
    }
}
