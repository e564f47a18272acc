package dev.logagent.dist;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the command line reaches the agent that runs with the same state folder: a socket in that folder, which only its owner
 * may enter. An agent without it delivers all the same.
 */
public final class LocalSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("log-agent");
    private static final String NAME = "control.sock";

    private final Path path;
    private final ServerSocketChannel channel;
    private final Consumer<SocketChannel> visitors;

    private LocalSocket(Path path, ServerSocketChannel channel, Consumer<SocketChannel> visitors) {
        this.path = path;
        this.channel = channel;
        this.visitors = visitors;
    }

    /** Where it is for a state folder. */
    public static Path of(Path stateDir) {
        return stateDir.resolve(NAME);
    }

    /**
     * Opens it, if that is possible here.
     *
     * @param stateDir the state folder, which this process has taken: what is there is left over from one that was killed
     * @param visitors gets each connection, in a thread of the socket
     * @return empty if it could not be opened, which is logged
     */
    public static Optional<LocalSocket> open(Path stateDir, Consumer<SocketChannel> visitors) {
        Path path = of(stateDir);
        try {
            Files.deleteIfExists(path);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.bind(UnixDomainSocketAddress.of(path));
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            LocalSocket socket = new LocalSocket(path, channel, visitors);
            socket.start();
            return Optional.of(socket);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{} cannot be opened, so the command line cannot talk to this agent; all else works: {}",
                    path,
                    e.getMessage());
            return Optional.empty();
        }
    }

    private void start() {
        Thread thread = new Thread(this::accept, "local-socket");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                visitors.accept(channel.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("a connection of the command line has failed: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} is left behind, the next agent removes it: {}", path, e.getMessage());
        }
    }
}
