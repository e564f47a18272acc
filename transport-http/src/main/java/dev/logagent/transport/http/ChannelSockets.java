package dev.logagent.transport.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that belong to channels: interrupting a thread that waits on one closes it and ends the wait, whereas a
 * plain socket would let the thread wait until the timeout.
 *
 * <p>They do not delay small packets (TCP_NODELAY). OkHttp leaves that delay on, and the last segment of a request would
 * then wait for the acknowledgement of the one before, which the other side may delay by 40 ms.
 */
final class ChannelSockets extends SocketFactory {

    private final boolean gathering;

    /** @param gathering whether the sockets gather small writes until they are flushed, see {@link GatheringSocket} */
    ChannelSockets(boolean gathering) {
        this.gathering = gathering;
    }

    @Override
    public Socket createSocket() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return gathering ? new GatheringSocket(channel) : channel.socket();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
    }

    private Socket connected(@Nullable SocketAddress local, SocketAddress remote) throws IOException {
        Socket socket = createSocket();
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(remote);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}
