package dev.logagent.core.testing;

import dev.logagent.api.Batch;
import dev.logagent.api.LogEvent;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/** A destination in memory that answers as told: first each scripted answer once, then always the usual one. */
public final class ScriptedTransport implements Transport {

    private final Queue<Answer> script = new ArrayDeque<>();
    private final List<Batch> sent = new ArrayList<>();
    private final List<Batch> delivered = new ArrayList<>();
    private final AtomicInteger sending = new AtomicInteger();
    private volatile Answer usual = batch -> SendResult.delivered();
    private volatile boolean closed;

    /** What the destination says to a batch. */
    public interface Answer {
        SendResult to(Batch batch) throws IOException, InterruptedException;
    }

    /** Adds an answer that is given once. */
    public synchronized ScriptedTransport then(Answer answer) {
        script.add(answer);
        return this;
    }

    /** What to answer when the script is over. */
    public ScriptedTransport usually(Answer answer) {
        usual = answer;
        return this;
    }

    @Override
    public SendResult send(Batch batch) throws IOException, InterruptedException {
        Answer answer;
        synchronized (this) {
            sent.add(batch);
            Answer scripted = script.poll();
            answer = scripted == null ? usual : scripted;
        }
        sending.incrementAndGet();
        try {
            SendResult result = answer.to(batch);
            if (result instanceof SendResult.Delivered) {
                synchronized (this) {
                    delivered.add(batch);
                }
            }
            return result;
        } finally {
            sending.decrementAndGet();
        }
    }

    /** Everything that was sent, delivered or not, in order. */
    public synchronized List<Batch> sent() {
        return List.copyOf(sent);
    }

    /** The batches that were confirmed as a whole, in the order of their confirmation. */
    public synchronized List<Batch> delivered() {
        return List.copyOf(delivered);
    }

    /** The events of {@link #delivered()}. */
    public synchronized List<LogEvent> events() {
        return delivered.stream().flatMap(batch -> batch.events().stream()).toList();
    }

    /** The texts of {@link #delivered()}. */
    public List<String> texts() {
        return events().stream().map(LogEvent::text).toList();
    }

    /** How many threads are sending now. */
    public int sending() {
        return sending.get();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public String check() {
        return "in memory";
    }

    @Override
    public void close() {
        closed = true;
    }
}
