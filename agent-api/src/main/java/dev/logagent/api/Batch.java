package dev.logagent.api;

import dev.logagent.api.encode.Hex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Events that travel together. Immutable; runs of one source stand next to each other, in the order they were read.
 */
public final class Batch {

    private final String agentName;
    private final long number;
    private final List<LineRun> runs;
    private final int size;
    private final long byteCount;
    private final String id;

    /**
     * @param agentName the configured name of the agent
     * @param number counts the batches since the agent started, from 1
     * @param runs at least one run; those of one source adjacent
     */
    public Batch(String agentName, long number, List<LineRun> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one run");
        }
        this.agentName = agentName;
        this.number = number;
        this.runs = List.copyOf(runs);
        int events = 0;
        long bytes = 0;
        for (LineRun run : runs) {
            events += run.count();
            bytes += run.byteCount();
        }
        this.size = events;
        this.byteCount = bytes;
        this.id = idOf(runs);
    }

    public String agentName() {
        return agentName;
    }

    /** Counts the batches since the agent started, from 1: restores the order where batches overtake each other. */
    public long number() {
        return number;
    }

    /**
     * Names the batch by what it holds (sources, file generations and byte ranges): the same lines grouped the same way have the
     * same id over retries and restarts. 32 hexadecimal digits.
     */
    public String id() {
        return id;
    }

    public List<LineRun> runs() {
        return runs;
    }

    /** The number of events, at least 1. */
    public int size() {
        return size;
    }

    /** The bytes that the lines take in their files. */
    public long byteCount() {
        return byteCount;
    }

    /** The events in order; index {@code i} of this list is event {@code i} of a partial result. */
    public List<LogEvent> events() {
        List<LogEvent> events = new ArrayList<>(size);
        for (LineRun run : runs) {
            for (int line = 0; line < run.count(); line++) {
                events.add(new LogEvent(run, line));
            }
        }
        return events;
    }

    /** The two halves of a batch of at least two events, with ids of their own and the same number. */
    public List<Batch> halves() {
        if (size < 2) {
            throw new IllegalStateException("one event cannot be halved");
        }
        BitSet first = new BitSet(size);
        first.set(0, size / 2);
        BitSet second = new BitSet(size);
        second.set(size / 2, size);
        return List.of(select(first), select(second));
    }

    /** The batch of the events whose index is set, at least one, in the same order. */
    public Batch select(BitSet chosen) {
        List<LineRun> slices = new ArrayList<>();
        int base = 0;
        for (LineRun run : runs) {
            int end = base + run.count();
            int from = chosen.nextSetBit(base);
            while (from >= 0 && from < end) {
                int to = Math.min(chosen.nextClearBit(from), end);
                slices.add(run.slice(from - base, to - base));
                from = chosen.nextSetBit(to);
            }
            base = end;
        }
        return new Batch(agentName, number, slices);
    }

    /** Two 64-bit hashes of the ranges, each step a multiply and a shift as in the finalizer of MurmurHash3. */
    private static String idOf(List<LineRun> runs) {
        long high = 0x9e3779b97f4a7c15L;
        long low = 0xc2b2ae3d27d4eb4fL;
        for (LineRun run : runs) {
            // A file may be read by two sources.
            high = mix(high ^ run.source().name().hashCode());
            high = mix(high ^ run.file().lineage());
            high = mix(high ^ run.startOffset());
            low = mix(low + run.endOffset());
            low = mix(low + run.file().lineage());
        }
        return Hex.sixteenDigits(high) + Hex.sixteenDigits(low);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
