package dev.logagent.transport.kafka;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Hands each event of a batch to one shared producer, and waits until the brokers have confirmed them all, or the
 * delivery timeout has passed. Safe for use by several threads.
 */
final class KafkaTransport implements Transport {

    /** Enough for an event from most lines; grows for longer ones. */
    private static final int EVENT_BYTES = 2_048;

    /** Who waits longer for others to hand over their batch goes ahead: a topic without a leader holds up no other. */
    private static final long LONGEST_TURN_MILLIS = 50;

    /** Held while a batch is handed over: threads that take turns at the producer are faster than threads that crowd. */
    private final ReentrantLock turn = new ReentrantLock();

    private final Producers producers;
    private final RecordMaker records;
    private final KafkaOutcome outcome;
    private final ClusterCheck check;
    private final Duration deliveryTimeout;
    private final Duration longestWait;

    /**
     * @param deliveryTimeout after which the producer gives up on a record
     * @param requestTimeout how long it may be busy with something else before it does so
     */
    KafkaTransport(
            Producers producers,
            RecordMaker records,
            KafkaOutcome outcome,
            ClusterCheck check,
            Duration deliveryTimeout,
            Duration requestTimeout) {
        this.producers = producers;
        this.records = records;
        this.outcome = outcome;
        this.check = check;
        this.deliveryTimeout = deliveryTimeout;
        this.longestWait = deliveryTimeout.plus(requestTimeout).plusSeconds(1);
    }

    @Override
    public SendResult send(Batch batch) throws InterruptedException {
        Producer<byte[], byte[]> producer;
        try {
            producer = producers.current();
        } catch (KafkaException e) {
            Fate fate = outcome.ofCreation(e);
            return fate.kind() == Fate.Kind.MISCONFIGURED
                    ? new SendResult.Misconfigured(fate.reason())
                    : SendResult.retry(fate.reason());
        } catch (IllegalStateException e) {
            return SendResult.retry(outcome.reason(e));
        }
        Confirmations confirmations = new Confirmations(outcome, () -> producers.discard(producer), batch.size());
        boolean alone = turn.tryLock(LONGEST_TURN_MILLIS, TimeUnit.MILLISECONDS);
        try {
            handOver(batch, producer, confirmations);
        } finally {
            if (alone) {
                turn.unlock();
            }
        }
        boolean settled = confirmations.await(longestWait);
        if (!settled || confirmations.producerIsLost()) {
            producers.discard(producer);
        }
        return confirmations.result();
    }

    /** Asks the cluster about itself and the topic; sends nothing. */
    @Override
    public String check() throws IOException, InterruptedException {
        return check.run(records.onlyTopic());
    }

    @Override
    public void close() {
        producers.close();
    }

    private void handOver(Batch batch, Producer<byte[], byte[]> producer, Confirmations confirmations)
            throws InterruptedException {
        JsonBuffer json = new JsonBuffer(EVENT_BYTES);
        long start = System.nanoTime();
        int event = 0;
        for (LineRun run : batch.runs()) {
            RecordMaker.OfRun maker = records.of(batch, run, json);
            for (int line = 0; line < run.count(); line++, event++) {
                boolean late = System.nanoTime() - start > deliveryTimeout.toNanos();
                handOver(maker.record(line), event, late, producer, confirmations);
            }
        }
    }

    private void handOver(
            ProducerRecord<byte[], byte[]> record,
            int event,
            boolean late,
            Producer<byte[], byte[]> producer,
            Confirmations confirmations)
            throws InterruptedException {
        Fate closed = confirmations.closed(record.topic());
        if (closed != null || late) {
            confirmations.fail(event, record.topic(), closed != null ? closed : Fate.retry("not confirmed in time"));
            return;
        }
        try {
            producer.send(record, confirmations.of(event, record.topic()));
        } catch (InterruptException e) {
            // Kafka's is unchecked, and leaves the thread's mark on.
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted while sending");
            interrupted.initCause(e);
            throw interrupted;
        } catch (KafkaException | IllegalStateException e) {
            confirmations.fail(event, record.topic(), outcome.of(e));
        }
    }
}
