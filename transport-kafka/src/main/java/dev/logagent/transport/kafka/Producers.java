package dev.logagent.transport.kafka;

import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The producer in use: made when first needed, since that resolves host names, and made anew after a failure it cannot
 * recover from. Safe for use by several threads.
 */
final class Producers {

    private final ClientProperties properties;
    private final Object lock = new Object();
    private @Nullable Producer<byte[], byte[]> current;
    private boolean closed;

    Producers(ClientProperties properties) {
        this.properties = properties;
    }

    /**
     * The producer in use.
     *
     * @throws KafkaException if none can be made
     * @throws IllegalStateException after {@link #close}
     */
    Producer<byte[], byte[]> current() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the transport is closed");
            }
            Producer<byte[], byte[]> producer = current;
            if (producer == null) {
                producer = OwnClassLoader.call(() -> new KafkaProducer<>(
                        properties.forProducer(), new ByteArraySerializer(), new ByteArraySerializer()));
                current = producer;
            }
            return producer;
        }
    }

    /**
     * Replaces a producer that is of no use any more, unless that has been done. What it still holds fails. May be called
     * by the producer itself, in a callback.
     */
    void discard(Producer<byte[], byte[]> lost) {
        synchronized (lock) {
            if (current != lost) {
                return;
            }
            current = null;
        }
        closeNow(lost);
    }

    void close() {
        Producer<byte[], byte[]> last;
        synchronized (lock) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            closeNow(last);
        }
    }

    private static void closeNow(Producer<byte[], byte[]> producer) {
        OwnClassLoader.run(() -> producer.close(Duration.ZERO));
    }
}
