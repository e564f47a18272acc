package dev.logagent.dist.console;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Cuts off whoever has begun a request and does not complete it in time, however steadily its bytes drip. */
final class RequestDeadline extends ChannelInboundHandlerAdapter {

    private final int seconds;
    private @Nullable Future<?> pending;

    RequestDeadline(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (pending == null) {
            pending = context.executor().schedule(() -> context.close(), seconds, TimeUnit.SECONDS);
        }
        context.fireChannelRead(bytes);
    }

    /** To be told of each request that is complete. */
    void met() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        met();
    }
}
