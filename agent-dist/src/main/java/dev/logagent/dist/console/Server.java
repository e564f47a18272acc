package dev.logagent.dist.console;

import dev.logagent.dist.config.DashboardConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The port and the local socket: one thread that moves bytes, with bounds on everything that a visitor could use up. */
final class Server implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 256;
    static final int LONGEST_REQUEST_LINE = 4_096;
    static final int LONGEST_HEADERS = 16_384;
    static final int LARGEST_BODY = 4_096;
    private static final int IDLE_SECONDS = 60;
    private static final int SLOW_SECONDS = 10;

    /** So much may wait for a slow visitor; beyond it, live messages are left out. */
    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(64 << 10, 256 << 10);

    static {
        // Before Netty is loaded: one small heap buffer at a time is all a dashboard needs, and no warnings from newer
        // Javas about how Netty would do without copying. The others keep it from loading what tells its channels from
        // those of other processes, and what records its buffers for a profiler.
        setDefault("io.netty.noUnsafe", "true");
        setDefault("io.netty.allocator.type", "unpooled");
        setDefault("io.netty.leakDetection.level", "disabled");
        setDefault("io.netty.machineId", "00:00:00:00:00:01");
        setDefault("io.netty.processId", "1");
        setDefault("io.netty.jfr.enabled", "false");
    }

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("dashboard-port", true), NioIoHandler.newFactory());
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final Supplier<Front> front;
    private volatile @Nullable Channel channel;

    /**
     * How visitors from outside are received.
     *
     * @param identity what the server shows to prove who it is; null if connections are not encrypted
     * @param visitors makes what answers the requests of one connection
     */
    record Front(DashboardConfig.@Nullable Identity identity, Supplier<Visitor> visitors) {}

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    /** @param front asked for each connection from outside, which is cut when it cannot be had */
    Server(Supplier<Front> front) {
        this.front = front;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be listened on
     */
    void listen(InetSocketAddress address) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, MOST_CONNECTIONS)
                .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING)
                .childOption(ChannelOption.SO_SNDBUF, WAITING.high())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) throws SSLException {
                        Front now = front.get();
                        DashboardConfig.Identity identity = now.identity();
                        connect(
                                connection,
                                identity == null ? null : tls(identity),
                                now.visitors().get());
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            Throwable cause = bound.cause();
            throw cause instanceof IOException e ? e : new IOException(cause);
        }
        channel = bound.channel();
    }

    private static SslContext tls(DashboardConfig.Identity identity) throws SSLException {
        return SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }

    /** Serves a connection that somebody else has accepted. */
    void adopt(java.nio.channels.SocketChannel accepted, Visitor visitor) {
        Channel connection = new NioDomainSocketChannel(accepted);
        connection.config().setAllocator(new UnpooledByteBufAllocator(false));
        connection.config().setWriteBufferWaterMark(WAITING);
        connect(connection, null, visitor);
        loop.register(connection);
    }

    private void connect(Channel connection, @Nullable SslContext tls, Visitor visitor) {
        if (connections.size() >= MOST_CONNECTIONS) {
            connection.close();
            return;
        }
        connections.add(connection);
        connection.closeFuture().addListener(closed -> connections.remove(connection));
        connection.pipeline().addLast(new ReadTimeoutHandler(IDLE_SECONDS), new WriteTimeoutHandler(SLOW_SECONDS));
        if (tls != null) {
            connection.pipeline().addLast(tls.newHandler(connection.alloc()));
        }
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS);
        connection
                .pipeline()
                .addLast(
                        new RequestDeadline(SLOW_SECONDS),
                        new HttpServerCodec(limits),
                        new Requests(LARGEST_BODY),
                        new FlowControlHandler(),
                        visitor);
    }

    /** The port that is listened on; 0 if none is. */
    int port() {
        Channel listening = channel;
        return listening == null ? 0 : ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        Channel listening = channel;
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        connections.forEach(Channel::close);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
