package dev.logagent.dist.receive;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happens to a payload, whichever way it came: counted, failed when told so, read, stored, printed. Thread-safe. */
final class Intake {

    private final Faults faults;
    private final ReceiverStats stats;
    private final @Nullable EventStore store;
    private final Consumer<List<ReceivedEvent>> printer;

    /** @param printer gets the events of one payload after they were stored, one payload at a time */
    Intake(Faults faults, ReceiverStats stats, @Nullable EventStore store, Consumer<List<ReceivedEvent>> printer) {
        this.faults = faults;
        this.stats = stats;
        this.store = store;
        this.printer = printer;
    }

    /** What became of a payload. */
    sealed interface Outcome {}

    /** Its events are stored. */
    record Accepted(int events) implements Outcome {}

    /** Nothing was done with it. */
    record ToldToFail(int status, @Nullable Integer retryAfterSeconds) implements Outcome {}

    /** It is neither a batch nor event lines. */
    record Malformed(String reason) implements Outcome {}

    /** The file cannot be written. */
    record NotStored(String reason) implements Outcome {}

    /**
     * Takes a payload; waits first, if told to.
     *
     * @param key the same for repetitions of the payload, or null if the sender does not say
     */
    Outcome take(byte[] payload, @Nullable String key) throws InterruptedException {
        boolean fails = faults.hits(stats.request(payload.length));
        Thread.sleep(faults.delay().toMillis());
        if (fails) {
            stats.failedOnPurpose();
            return new ToldToFail(faults.status(), faults.retryAfterSeconds());
        }
        List<ReceivedEvent> events;
        try {
            events = PayloadReader.read(payload);
        } catch (IOException e) {
            return malformed(e);
        }
        try {
            if (store != null) {
                store.append(events);
            }
        } catch (IOException e) {
            return new NotStored("cannot be stored: " + e.getMessage());
        }
        stats.accepted(events, key);
        synchronized (printer) {
            printer.accept(events);
        }
        return new Accepted(events.size());
    }

    /** Counts a payload that is too large to be looked at. */
    void tooLarge() {
        stats.request(0);
    }

    /** Counts a payload that cannot be unpacked. */
    Malformed unreadable(IOException reason) {
        stats.request(0);
        return malformed(reason);
    }

    private Malformed malformed(IOException reason) {
        stats.malformed();
        return new Malformed(
                String.valueOf(reason.getMessage()).lines().findFirst().orElse("malformed"));
    }
}
