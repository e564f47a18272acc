package dev.logagent.dist.console;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

/**
 * One WebSocket connection to a visitor, to whom messages are sent. One who does not keep up misses messages, and is cut off
 * by the server if nothing moves any more. Safe for use by several threads.
 */
record Feed(Channel channel) {

    /** Sends a text, unless too much is on its way already. Gives whether it was sent. */
    boolean send(byte[] utf8) {
        if (!channel.isWritable()) {
            return false;
        }
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8)));
        return true;
    }

    /** Has the other side show that it is still there. */
    void ping() {
        channel.writeAndFlush(new PingWebSocketFrame());
    }

    boolean isOpen() {
        return channel.isActive();
    }
}
