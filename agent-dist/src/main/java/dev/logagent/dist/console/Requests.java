package dev.logagent.dist.console;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpContentException;
import org.jspecify.annotations.Nullable;

/** Puts a request's parts together. What is wrong already then is left to the visitor, who answers it like anything else. */
final class Requests extends HttpObjectAggregator {

    Requests(int largestBody) {
        super(largestBody, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        HttpRequest request = (HttpRequest) oversized;
        FullHttpRequest refused =
                new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri());
        refused.headers().set(request.headers());
        refused.setDecoderResult(DecoderResult.failure(new TooLongHttpContentException()));
        context.fireChannelRead(refused);
    }

    /** What a client is told that waits for leave to send its body; null if it does not wait. */
    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int largestBody, ChannelPipeline pipeline) {
        Object made = super.newContinueResponse(start, largestBody, pipeline);
        if (!(made instanceof FullHttpResponse response) || response.status().code() < 400) {
            return made;
        }
        return Visitor.response(Gate.refused(response.status()), false, false);
    }
}
