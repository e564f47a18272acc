package dev.logagent.dist.console;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection, or leaves the answer to the dashboard's thread. */
final class Visitor extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger("dashboard");

    private static final int LARGEST_FRAME = 1_024;

    /** The only one of the WebSocket protocol that browsers speak. */
    private static final String VERSION = "13";

    /** Nothing but the server's own files, no other site may frame the page, and no address is told to another one. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Access access;
    private final Gate gate;
    private final Rooms rooms;
    private final boolean secure;

    /**
     * What answers one connection.
     *
     * @param secure whether the connection is encrypted
     */
    Visitor(Access access, Rooms rooms, boolean secure) {
        this.access = access;
        this.gate = new Gate(access);
        this.rooms = rooms;
        this.secure = secure;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        // One request after the other: the next one waits until this one is answered.
        context.channel().config().setAutoRead(false);
        context.pipeline().get(RequestDeadline.class).met();
        boolean keepAlive = HttpUtil.isKeepAlive(request)
                && (request.decoderResult().isSuccess() || Gate.isTooLarge(request.decoderResult()));
        Reply reply = new Reply(context, request.method().equals(HttpMethod.HEAD), keepAlive);
        QueryStringDecoder target = new QueryStringDecoder(request.uri());
        Answer refusal = gate.refusal(request, target);
        if (refusal != null) {
            reply.send(refusal);
            return;
        }
        String path = target.path();
        if (path.equals(Site.LOGIN) && request.method().equals(HttpMethod.POST)) {
            reply.send(login(request));
        } else if (Actions.isAction(path)) {
            rooms.act(path, Gate.parameters(request, target), reply::send);
        } else if (Rooms.isFeed(path)) {
            upgrade(context, request, target, reply);
        } else {
            boolean trusted = gate.isAllowed(request);
            rooms.answer(path, trusted, reply::send);
        }
    }

    private Answer login(FullHttpRequest request) {
        QueryStringDecoder form = new QueryStringDecoder(request.content().toString(StandardCharsets.UTF_8), false);
        String given = form.parameters().getOrDefault("token", List.of("")).get(0);
        if (!access.isToken(given)) {
            LOG.warn("somebody gave a wrong token");
            return Answer.seeOther("/login?wrong");
        }
        return Answer.seeOther("/")
                .with(
                        "Set-Cookie",
                        Access.COOKIE + "=" + access.session() + "; Path=/; HttpOnly; SameSite=Strict"
                                + (secure ? "; Secure" : ""));
    }

    private void upgrade(
            ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder target, Reply reply) {
        if (!request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
                || !request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            reply.send(Answer.error(426, "this is a WebSocket: connect with ws://")
                    .with("Upgrade", "websocket")
                    .with("Sec-WebSocket-Version", VERSION));
            return;
        }
        Rooms.Entrance entrance;
        try {
            entrance = rooms.entrance(target.path(), target.parameters());
        } catch (IllegalArgumentException e) {
            reply.send(Answer.error(400, String.valueOf(e.getMessage())));
            return;
        }
        if (entrance == null) {
            reply.send(Answer.error(503, "too many are looking already"));
            return;
        }
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshaker13(request.uri(), null, false, LARGEST_FRAME);
        context.pipeline().remove(RequestDeadline.class);
        context.pipeline().replace(this, "feed", new FeedHandler(handshaker));
        handshaker.handshake(context.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                context.channel().config().setAutoRead(true);
                entrance.enter(new Feed(context.channel()));
            } else {
                context.close();
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection has failed", cause);
        context.close();
    }

    static FullHttpResponse response(Answer answer, boolean headOnly, boolean keepAlive) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        ALWAYS.forEach((name, value) -> response.headers().set(name, value));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        HttpUtil.setKeepAlive(response, keepAlive);
        return response;
    }

    /** The answer to one request, sent once, from any thread. */
    private record Reply(ChannelHandlerContext context, boolean headOnly, boolean keepAlive) {

        void send(Answer answer) {
            FullHttpResponse response = response(answer, headOnly, keepAlive);
            context.writeAndFlush(response).addListener(sent -> {
                if (keepAlive && sent.isSuccess()) {
                    context.channel().config().setAutoRead(true);
                } else {
                    context.close();
                }
            });
        }
    }
}
