package dev.logagent.core.transport;

import dev.logagent.api.Batch;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;

/**
 * A transport whose calls run with its own loader as the thread's context loader, which many libraries ask for classes
 * that are named in their settings.
 */
final class LoadedTransport implements Transport {

    private final Transport transport;
    private final ClassLoader loader;

    LoadedTransport(Transport transport, ClassLoader loader) {
        this.transport = transport;
        this.loader = loader;
    }

    @Override
    public SendResult send(Batch batch) throws IOException, InterruptedException {
        ClassLoader before = ContextLoader.swap(loader);
        try {
            return transport.send(batch);
        } finally {
            ContextLoader.swap(before);
        }
    }

    @Override
    public String check() throws IOException, InterruptedException {
        ClassLoader before = ContextLoader.swap(loader);
        try {
            return transport.check();
        } finally {
            ContextLoader.swap(before);
        }
    }

    @Override
    public void close() {
        ClassLoader before = ContextLoader.swap(loader);
        try {
            transport.close();
        } finally {
            ContextLoader.swap(before);
        }
    }

    @Override
    public String toString() {
        return transport.toString();
    }
}
