package dev.logagent.dist.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks the agent behind a local socket. A connection a request. Safe for use by several threads. */
public final class AgentClient implements AutoCloseable {

    private static final int LARGEST_ANSWER = 256 << 20;

    static {
        if (System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "true");
        }
    }

    private final Path socket;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("agent-client", true), NioIoHandler.newFactory());

    public AgentClient(Path socket) {
        this.socket = socket;
    }

    /** What the agent has answered. */
    public record Reply(int status, String body) {

        /**
         * The body as JSON.
         *
         * @throws IOException if it is none
         */
        public JsonValue json() throws IOException {
            return JsonValue.parse(body);
        }
    }

    /**
     * Asks once.
     *
     * @param method such as {@code GET}
     * @param target path and parameters, encoded
     * @param patienceSeconds how long to wait for the answer
     * @throws IOException if nobody answers
     */
    public Reply ask(String method, String target, long patienceSeconds) throws IOException, InterruptedException {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Channel channel = connect(new HttpObjectAggregator(LARGEST_ANSWER), new Receiver(reply));
        try {
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target, Unpooled.EMPTY_BUFFER);
            request.headers()
                    .set(HttpHeaderNames.HOST, "localhost")
                    .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                    .set(HttpHeaderNames.CONNECTION, "close");
            channel.writeAndFlush(request);
            return reply.get(patienceSeconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("the agent has not answered within " + patienceSeconds + " s", e);
        } finally {
            channel.close();
        }
    }

    /**
     * Gets each message of a feed, on a thread of its own, until {@code ended} is completed: by the agent, or by whoever has
     * seen enough.
     *
     * @param target path and parameters, encoded
     * @throws IOException if nobody answers
     */
    public void follow(String target, Consumer<String> messages, CompletableFuture<Void> ended)
            throws IOException, InterruptedException {
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri("ws://localhost" + target)
                .maxFramePayloadLength(LARGEST_ANSWER)
                .build();
        Channel channel = connect(
                new HttpObjectAggregator(LARGEST_ANSWER),
                new WebSocketClientProtocolHandler(config),
                new Feed(messages));
        channel.closeFuture().addListener(closed -> ended.complete(null));
        ended.whenComplete((nothing, failure) -> channel.close());
    }

    private Channel connect(ChannelHandler... handlers) throws IOException, InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioDomainSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec()).addLast(handlers);
                    }
                });
        var connected = bootstrap.connect(UnixDomainSocketAddress.of(socket)).await();
        if (!connected.isSuccess()) {
            throw new IOException("nobody answers at " + socket, connected.cause());
        }
        return connected.channel();
    }

    private static final class Receiver extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final CompletableFuture<Reply> reply;

        Receiver(CompletableFuture<Reply> reply) {
            this.reply = reply;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            reply.complete(
                    new Reply(response.status().code(), response.content().toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            reply.completeExceptionally(new IOException("the agent has ended before it could answer"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            reply.completeExceptionally(cause);
            context.close();
        }
    }

    private static final class Feed extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final Consumer<String> messages;

        Feed(Consumer<String> messages) {
            this.messages = messages;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            messages.accept(frame.text());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
