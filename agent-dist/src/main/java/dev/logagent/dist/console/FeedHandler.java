package dev.logagent.dist.console;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The visitor's side of a feed: nothing but what keeps the connection alive. Who wants something else asks anew. */
final class FeedHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final Logger LOG = LoggerFactory.getLogger("dashboard");
    private static final CloseReason NOT_LISTENING = new CloseReason(1003, "nothing is listened to here");

    private final WebSocketServerHandshaker handshaker;

    private record CloseReason(int code, String text) {}

    FeedHandler(WebSocketServerHandshaker handshaker) {
        this.handshaker = handshaker;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            handshaker.close(context.channel(), close.retain());
        } else if (!(frame instanceof PongWebSocketFrame)) {
            handshaker.close(context.channel(), new CloseWebSocketFrame(NOT_LISTENING.code, NOT_LISTENING.text));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection has failed", cause);
        context.close();
    }
}
