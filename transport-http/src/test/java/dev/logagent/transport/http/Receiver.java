package dev.logagent.transport.http;

import dev.logagent.testkit.Answer;
import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.Destination;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A receiver of HTTP or HTTPS as a destination for the conformance suite. */
final class Receiver implements Destination {

    private final CollectorServer server;
    private final Map<String, Object> options;
    private int requestsBeforeStall;

    Receiver(CollectorServer server, Map<String, Object> options) {
        this.server = server;
        this.options = options;
    }

    @Override
    public String endPoint() {
        return server.url("/log");
    }

    @Override
    public Map<String, Object> options() {
        return options;
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void stall() {
        requestsBeforeStall = server.requests().size();
        server.answerByDefault(new Answer.Hang());
    }

    @Override
    public void awaitStalledSend() throws InterruptedException {
        server.awaitRequests(requestsBeforeStall + 1);
    }

    @Override
    public void recover() throws IOException {
        server.answerByDefault(Answer.status(204));
        server.stop();
        server.restart();
    }

    @Override
    public List<String> received(String source) {
        return server.lines(source);
    }

    @Override
    public void close() {
        server.close();
    }
}
