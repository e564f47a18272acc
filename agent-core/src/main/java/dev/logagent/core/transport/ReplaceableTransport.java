package dev.logagent.core.transport;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;

/**
 * A transport that can be exchanged while it is in use: what has begun with the one before ends with it, and then that one is
 * closed. As safe for use by several threads as what it wraps.
 */
public final class ReplaceableTransport implements Transport {

    private Held current;
    private boolean closed;

    /** A transport and how many calls of it are under way. Guarded by the lock of the outer object. */
    private static final class Held {
        private final Transport transport;
        private int calls;
        private boolean leaving;

        Held(Transport transport) {
            this.transport = transport;
        }
    }

    public ReplaceableTransport(Transport first) {
        this.current = new Held(first);
    }

    /** Uses another transport from now on. The one before is closed when nobody uses it any more, perhaps by this call. */
    public void replace(Transport next) {
        Held before;
        synchronized (this) {
            before = current;
            current = new Held(next);
        }
        leave(before, 0, true);
    }

    @Override
    public SendResult send(Batch batch) throws IOException, InterruptedException {
        Held held = enter();
        try {
            return held.transport.send(batch);
        } finally {
            leave(held, 1, false);
        }
    }

    @Override
    public String check() throws IOException, InterruptedException {
        Held held = enter();
        try {
            return held.transport.check();
        } finally {
            leave(held, 1, false);
        }
    }

    private synchronized Held enter() {
        current.calls++;
        return current;
    }

    private void leave(Held held, int calls, boolean forGood) {
        boolean isOver;
        synchronized (this) {
            held.calls -= calls;
            held.leaving |= forGood;
            isOver = held.leaving && held.calls == 0;
        }
        if (isOver) {
            held.transport.close();
        }
    }

    /** Closes the present transport at once, whoever uses it; once. */
    @Override
    public void close() {
        Held last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = current;
        }
        last.transport.close();
    }
}
