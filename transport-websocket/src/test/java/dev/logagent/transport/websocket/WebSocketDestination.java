package dev.logagent.transport.websocket;

import dev.logagent.testkit.Destination;
import dev.logagent.testkit.WebSocketAnswer;
import dev.logagent.testkit.WebSocketReceiver;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The scriptable receiver as the conformance suite wants it. */
final class WebSocketDestination implements Destination {

    private final WebSocketReceiver receiver;
    private final Map<String, Object> options = new HashMap<>();
    private int batchesBeforeStall;

    WebSocketDestination(WebSocketReceiver receiver, Map<String, Object> options) {
        this.receiver = receiver;
        this.options.put("ack_timeout_ms", 60_000L);
        this.options.putAll(options);
    }

    @Override
    public String endPoint() {
        return receiver.url("/log");
    }

    @Override
    public Map<String, Object> options() {
        return options;
    }

    @Override
    public void stop() {
        receiver.stop();
    }

    @Override
    public void stall() {
        batchesBeforeStall = receiver.batches().size();
        receiver.answerByDefault(new WebSocketAnswer.Silence());
    }

    @Override
    public void awaitStalledSend() throws InterruptedException {
        receiver.awaitBatches(batchesBeforeStall + 1);
    }

    @Override
    public void recover() throws IOException, InterruptedException {
        receiver.answerByDefault(new WebSocketAnswer.Ack());
        receiver.stop();
        receiver.restart();
    }

    @Override
    public List<String> received(String source) {
        return receiver.lines(source);
    }

    @Override
    public void close() {
        receiver.close();
    }
}
