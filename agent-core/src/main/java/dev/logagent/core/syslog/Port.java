package dev.logagent.core.syslog;

import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Feed;
import dev.logagent.core.runtime.FatalError;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * A port that is listened on. It outlives the feed that reads from it: what comes in between waits for the next one, and
 * nobody else can take it. Safe for use by several threads.
 */
public sealed interface Port extends Closeable {

    /** What it was taken for. */
    Syslog config();

    /**
     * Reads from it; to be used by one feed at a time.
     *
     * @param reading how, which may have changed but for the port
     */
    Feed feed(Syslog reading, SourceInfo source, AgentEvents events, FatalError fatal);

    @Override
    void close();

    /**
     * Takes the port that the configuration names.
     *
     * @throws IOException if it cannot be had, with a message for the user
     */
    static Port open(Syslog config) throws IOException {
        return config.protocol() == Syslog.Protocol.UDP ? Datagrams.open(config) : Connections.open(config);
    }

    /** Where connections are accepted. */
    record Connections(Syslog config, ServerSocket socket) implements Port {

        private static final int BACKLOG = 128;

        static Port open(Syslog config) throws IOException {
            ServerSocket socket = new ServerSocket();
            return Ports.bound(config, socket, () -> {
                socket.setReuseAddress(true);
                socket.bind(config.listen(), BACKLOG);
                return new Connections(config, socket);
            });
        }

        @Override
        public Feed feed(Syslog reading, SourceInfo source, AgentEvents events, FatalError fatal) {
            return new TcpFeed(reading, socket, source, events, fatal);
        }

        @Override
        public void close() {
            Ports.close(socket);
        }
    }

    /** Where datagrams come. */
    record Datagrams(Syslog config, DatagramChannel channel) implements Port {

        static Port open(Syslog config) throws IOException {
            boolean isV4 = config.listen().getAddress() instanceof Inet4Address;
            DatagramChannel channel =
                    DatagramChannel.open(isV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
            return Ports.bound(config, channel, () -> {
                channel.bind(config.listen());
                channel.configureBlocking(false);
                return new Datagrams(config, channel);
            });
        }

        @Override
        public Feed feed(Syslog reading, SourceInfo source, AgentEvents events, FatalError fatal) {
            return new UdpFeed(reading, channel, source, events);
        }

        @Override
        public void close() {
            Ports.close(channel);
        }
    }
}
