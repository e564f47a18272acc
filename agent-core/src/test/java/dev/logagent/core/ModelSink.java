package dev.logagent.core;

import dev.logagent.api.Batch;
import dev.logagent.api.LogEvent;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The model test's destination: keeps every event, fails now and then, and can be cut off for good. */
final class ModelSink {

    private final Random random;
    private final List<Received> received = new ArrayList<>();
    private final Set<String> texts = new HashSet<>();
    private int connections;
    private boolean reachable;

    /** An event as it arrived. */
    record Received(String text, boolean partial) {}

    ModelSink(long seed) {
        this.random = new Random(seed);
    }

    /** A connection for one life of the agent. */
    synchronized Transport connect() {
        int connection = ++connections;
        reachable = true;
        return new Transport() {
            @Override
            public SendResult send(Batch batch) throws IOException {
                return receive(batch, connection);
            }

            @Override
            public String check() {
                return "the model";
            }

            @Override
            public void close() {
                cut();
            }
        };
    }

    /** From now on nothing arrives any more. */
    synchronized void cut() {
        reachable = false;
    }

    private synchronized SendResult receive(Batch batch, int connection) throws IOException {
        if (!reachable || connection != connections) {
            throw new IOException("cut off");
        }
        if (random.nextInt(20) == 0) {
            return SendResult.retry("503");
        }
        for (LogEvent event : batch.events()) {
            received.add(new Received(event.text(), event.run().isPartial(event.line())));
            texts.add(event.text());
        }
        return SendResult.delivered();
    }

    synchronized boolean has(String text) {
        return texts.contains(text);
    }

    /** Whether the text arrived as event {@code from} or later. */
    synchronized boolean hasSince(int from, String text) {
        for (int i = from; i < received.size(); i++) {
            if (received.get(i).text().equals(text)) {
                return true;
            }
        }
        return false;
    }

    synchronized int count() {
        return received.size();
    }

    synchronized List<Received> received() {
        return List.copyOf(received);
    }
}
