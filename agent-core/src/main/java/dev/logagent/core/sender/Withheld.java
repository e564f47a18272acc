package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.spool.BatchCodec;
import dev.logagent.core.spool.BatchCodec.Tried;
import dev.logagent.core.spool.Spool;
import dev.logagent.core.spool.SpoolRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Events that were put into the spool of an output which may not have them any more, because the configuration has changed:
 * they are kept in a spool of their own until it may. Confined to one thread.
 */
final class Withheld {

    private final Spool spool;
    private final Path folder;
    private final Predicate<SourceInfo> permitted;
    private final AgentEvents events;
    private final BatchCodec codec = new BatchCodec();
    private long toLookAt;

    /** @param permitted whether the output may have events of a source */
    Withheld(Spool spool, Path folder, Predicate<SourceInfo> permitted, AgentEvents events) {
        this.spool = spool;
        this.folder = folder;
        this.permitted = permitted;
        this.events = events;
        this.toLookAt = spool.waiting();
    }

    /** Whether batches from an earlier life have not been looked at again. */
    boolean isPending() {
        return toLookAt > 0;
    }

    /** Looks at the next batch from an earlier life: what the output may have by now is written to the spool. */
    void lookAtNext(Spool target) throws IOException {
        toLookAt--;
        SpoolRecord record = spool.next();
        if (record == null) {
            toLookAt = 0;
            return;
        }
        Tried whole;
        try {
            whole = BatchCodec.read(record.payload());
        } catch (IOException e) {
            spool.unusable(record);
            return;
        }
        Batch free = permittedPart(whole);
        if (free != null) {
            target.write(codec.encode(free, whole.attempts()));
            target.force();
        }
        spool.resolve(record.sequence());
    }

    /** The part of a batch that the output may have, null if there is none; the rest is on disk when this returns. */
    @Nullable Batch permittedPart(Tried tried) throws IOException {
        Batch batch = tried.batch();
        List<LineRun> free = new ArrayList<>();
        List<LineRun> kept = new ArrayList<>();
        for (LineRun run : batch.runs()) {
            (permitted.test(run.source()) ? free : kept).add(run);
        }
        if (kept.isEmpty()) {
            return batch;
        }
        spool.write(codec.encode(new Batch(batch.agentName(), batch.number(), kept), tried.attempts()));
        spool.force();
        Map<String, Integer> counts = new TreeMap<>();
        kept.forEach(run -> counts.merge(run.source().name(), run.count(), Integer::sum));
        counts.forEach((source, count) -> events.eventsWithheld(source, count, folder));
        return free.isEmpty() ? null : new Batch(batch.agentName(), batch.number(), free);
    }

    /** What the batches take up on disk, in bytes. Safe for use by several threads. */
    long bytes() {
        return spool.bytes();
    }

    /** Drops the oldest, so that there is room. Gives false if there is none. */
    boolean dropOldest(Consumer<ByteBuffer> dropped) throws IOException {
        long before = spool.waiting();
        boolean any = spool.dropOldest(dropped);
        toLookAt = Math.max(0, toLookAt - (before - spool.waiting()));
        return any;
    }

    void close() throws IOException {
        spool.close();
    }
}
