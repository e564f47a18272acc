package dev.logagent.core.status;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;

/** A transport, with each attempt counted and timed. As safe for use by several threads as what it wraps. */
public final class MeasuredTransport implements Transport {

    private final Transport transport;
    private final OutputFigures figures;

    public MeasuredTransport(Transport transport, OutputFigures figures) {
        this.transport = transport;
        this.figures = figures;
    }

    @Override
    public SendResult send(Batch batch) throws IOException, InterruptedException {
        long start = System.nanoTime();
        figures.attemptBegins();
        Outcome outcome = Outcome.RETRY;
        try {
            SendResult result = transport.send(batch);
            outcome = Outcome.of(result);
            return result;
        } finally {
            figures.attemptEnds(outcome, System.nanoTime() - start);
        }
    }

    @Override
    public String check() throws IOException, InterruptedException {
        return transport.check();
    }

    @Override
    public void close() {
        transport.close();
    }
}
