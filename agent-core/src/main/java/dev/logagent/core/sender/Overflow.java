package dev.logagent.core.sender;

import dev.logagent.api.Batch;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.config.BufferConfig.OnFull;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.spool.BatchCodec;
import dev.logagent.core.spool.BatchCodec.Tried;
import dev.logagent.core.spool.Spool;
import dev.logagent.core.spool.SpoolRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves batches to the spool while the destination is away and memory is short, and out of it when it is back: the oldest
 * first, both times. Confined to one thread, but for {@link #resolved}.
 */
final class Overflow {

    /** As much is made durable at once. */
    private static final long GROUP_BYTES = 4 << 20;

    /** A short hiccup is not worth writing to disk for. */
    private static final long LEAST_NANOS_AWAY = TimeUnit.SECONDS.toNanos(1);

    /** What has waited so long goes to disk, though there is memory: its file may be deleted, and the process killed. */
    private static final long MOST_NANOS_IN_MEMORY = TimeUnit.SECONDS.toNanos(5);

    private static final long SHORT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long DISK_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONG_PAUSE_NANOS = TimeUnit.HOURS.toNanos(1);

    /** What an encoded batch may take besides what its lines cost in memory: names, paths, tags. */
    private static final long MARGIN_BYTES = 16 << 10;

    private final Spool spool;
    private final Withheld withheld;
    private final Dispatch dispatch;
    private final MemoryBudget budget;
    private final Outlet outlet;
    private final BufferConfig limits;
    private final int window;
    private final AgentEvents events;
    private final BiConsumer<Shipment, Batch> settle;
    private final BatchCodec codec = new BatchCodec();
    private final Queue<Shipment> resolved = new ConcurrentLinkedQueue<>();
    private final SpoolReports reports;
    private int loaded;
    private long bytesLoaded;
    private @Nullable SpoolRecord taken;
    private long nextTryNanos = System.nanoTime();

    /**
     * @param window how many batches may be taken out of the spool ahead of their delivery
     * @param settle takes a batch off the books that is in the spool or has been dropped
     */
    Overflow(
            Spool spool,
            Withheld withheld,
            Dispatch dispatch,
            MemoryBudget budget,
            Outlet outlet,
            int window,
            AgentEvents events,
            SpoolReports reports,
            BiConsumer<Shipment, Batch> settle) {
        this.spool = spool;
        this.withheld = withheld;
        this.dispatch = dispatch;
        this.budget = budget;
        this.outlet = outlet;
        this.limits = outlet.buffer();
        this.window = window;
        this.events = events;
        this.reports = reports;
        this.settle = settle;
    }

    /** All of a shipment that was taken out of the spool has arrived. Safe for use by several threads. */
    void resolved(Shipment shipment) {
        resolved.add(shipment);
    }

    /** Does what is to be done now. Gives for how many nanoseconds nothing is to be done, unless something happens. */
    long work() {
        long now = System.nanoTime();
        if (nextTryNanos - now > 0) {
            return nextTryNanos - now;
        }
        try {
            if (writeOrRead()) {
                reports.works();
                return 0;
            }
        } catch (IOException e) {
            reports.fails(e);
            nextTryNanos = now + DISK_PAUSE_NANOS;
        }
        if (dispatch.isHolding() && spool.waiting() == 0 && taken == null && !withheld.isPending()) {
            dispatch.release();
        }
        boolean isQuiet = dispatch.nanosAway() == 0 && !dispatch.isHolding() && resolved.isEmpty();
        return isQuiet ? LONG_PAUSE_NANOS : SHORT_PAUSE_NANOS;
    }

    /** Gives whether there may be more to do. */
    private boolean writeOrRead() throws IOException {
        removeResolved();
        boolean written;
        try {
            written = spill();
        } catch (IOException e) {
            // What is there can be read though nothing can be written, and only its delivery makes room.
            try {
                load();
            } catch (IOException inLoad) {
                e.addSuppressed(inLoad);
            }
            throw e;
        }
        return written || load();
    }

    /** What an earlier life left goes before everything else. Gives whether there is anything. */
    boolean resume() {
        if (spool.waiting() > 0) {
            reports.found(spool.waiting(), spool.bytes());
        }
        boolean isNeeded = spool.waiting() > 0 || withheld.isPending();
        if (isNeeded) {
            dispatch.hold();
        }
        return isNeeded;
    }

    /**
     * The end. What is left in memory is written if the destination is away, or older batches are on disk.
     *
     * @param isIdle whether nothing is being sent any more
     */
    void finish(boolean isIdle) {
        try {
            removeResolved();
            if (isIdle && limits.maxDiskBytes() > 0 && (dispatch.nanosAway() > 0 || dispatch.isHolding())) {
                List<Shipment> left = new ArrayList<>(dispatch.unresolved());
                left.removeIf(Shipment::isInSpool);
                write(left);
            }
            if (spool.records() > 0) {
                events.spoolLeft(spool.records(), spool.bytes());
            }
            spool.close();
            withheld.close();
        } catch (IOException e) {
            reports.fails(e);
        }
    }

    /** What batches that wait, or are withheld, take up on disk. Safe for use by several threads. */
    long bytesOnDisk() {
        return spool.bytes() + withheld.bytes();
    }

    private void removeResolved() throws IOException {
        for (Shipment next = resolved.peek(); next != null; next = resolved.peek()) {
            spool.resolve(next.sequence());
            resolved.remove();
            loaded--;
            bytesLoaded -= next.batchBytes();
        }
        if (spool.records() == 0 && !dispatch.isHolding()) {
            reports.drained();
        }
    }

    /** Writes the oldest batches to the spool, if memory is short for long enough. Gives whether that made room. */
    private boolean spill() throws IOException {
        boolean isShort = budget.isShort() || dispatch.isFull();
        boolean isAway = dispatch.nanosAway() >= LEAST_NANOS_AWAY;
        boolean isLast = dispatch.isFinishing() && dispatch.isHolding();
        boolean isLong = limits.maxDiskBytes() > 0 && dispatch.nanosAway() >= MOST_NANOS_IN_MEMORY;
        boolean isOff = limits.maxDiskBytes() == 0 && limits.onFull() == OnFull.BLOCK;
        if (isOff || !((isShort && isAway) || isLong || isLast)) {
            return false;
        }
        List<Shipment> group = dispatch.takeForSpool(GROUP_BYTES);
        if (group.isEmpty()) {
            return false;
        }
        int written = write(group);
        dispatch.giveBack(group.subList(written, group.size()));
        reports.filling(written > 0);
        return written > 0 || (isShort && makeRoom());
    }

    /** Writes as many as fit. Gives how many are on disk: these are settled. */
    int write(List<Shipment> group) throws IOException {
        int written = 0;
        try {
            while (written < group.size() && fits(group.get(written))) {
                Shipment shipment = group.get(written);
                for (Batch part : shipment.parts()) {
                    spool.write(codec.encode(part, shipment.attempts()));
                }
                written++;
            }
            spool.force();
        } catch (IOException e) {
            dispatch.giveBack(group);
            throw e;
        }
        List<Shipment> done = group.subList(0, written);
        for (Shipment shipment : done) {
            for (Batch part : shipment.parts()) {
                settle.accept(shipment, part);
                events.batchSpooled(part);
            }
            if (shipment.isInSpool()) {
                resolved.add(shipment);
            }
        }
        dispatch.gone(done);
        return written;
    }

    private boolean fits(Shipment shipment) {
        long needed = 0;
        for (Batch part : shipment.parts()) {
            needed += MARGIN_BYTES
                    + part.runs().stream().mapToLong(MemoryBudget::cost).sum();
        }
        return spool.hasRoomFor(needed + withheld.bytes());
    }

    private boolean makeRoom() throws IOException {
        if (limits.onFull() == OnFull.BLOCK) {
            reports.full(bytesOnDisk());
            return false;
        }
        DroppedEvents dropped = new DroppedEvents();
        if (!withheld.dropOldest(dropped::add) && !spool.dropOldest(dropped::add)) {
            List<Shipment> oldest = dispatch.takeForSpool(1);
            for (Shipment shipment : oldest) {
                shipment.parts().forEach(part -> {
                    dropped.count += part.size();
                    settle.accept(shipment, part);
                });
            }
            dispatch.gone(oldest);
        }
        if (dropped.count > 0) {
            events.eventsDropped(dropped.count);
        }
        return true;
    }

    /** Counts what is in records that are dropped. */
    private static final class DroppedEvents {

        private long count;

        void add(ByteBuffer payload) {
            try {
                count += BatchCodec.decode(payload).size();
            } catch (IOException e) {
                count++; // damaged: nobody knows how many it held
            }
        }
    }

    /**
     * Takes the next batch out of the spool, if few enough are on their way. Gives whether there may be more to do. These
     * have memory of their own, half as much as the budget: new lines could keep them from ever getting any of that.
     */
    private boolean load() throws IOException {
        if (dispatch.isFinishing() || !dispatch.isHolding()) {
            return false;
        }
        if (withheld.isPending()) {
            withheld.lookAtNext(spool);
            return true;
        }
        int most = dispatch.nanosAway() > 0 ? 1 : window;
        boolean isFull = loaded >= most || bytesLoaded >= limits.maxMemoryBytes() / 2;
        if ((spool.waiting() == 0 && taken == null) || (isFull && loaded > 0)) {
            return false;
        }
        // Kept until it is on its way: it would not be given again.
        taken = taken == null ? spool.next() : taken;
        if (taken != null) {
            load(taken);
            taken = null;
        }
        return true;
    }

    private void load(SpoolRecord record) throws IOException {
        Tried whole;
        try {
            whole = BatchCodec.read(record.payload());
        } catch (IOException e) {
            spool.unusable(record);
            return;
        }
        Batch batch = withheld.permittedPart(whole);
        if (batch == null) {
            spool.resolve(record.sequence());
            return;
        }
        Shipment shipment = new Shipment(outlet.restored(batch), record.sequence(), whole.attempts());
        loaded++;
        bytesLoaded += shipment.batchBytes();
        dispatch.load(shipment);
    }
}
