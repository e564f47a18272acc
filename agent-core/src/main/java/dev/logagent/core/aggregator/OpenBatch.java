package dev.logagent.core.aggregator;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The batch that is being filled. Confined to the aggregator's thread. */
final class OpenBatch {

    private final int maxEvents;
    private final long maxBytes;
    private final Map<String, List<LineRun>> runsBySource = new LinkedHashMap<>();
    private int limit;
    private int events;
    private long bytes;

    OpenBatch(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.limit = maxEvents;
        this.maxBytes = maxBytes;
    }

    boolean isEmpty() {
        return events == 0;
    }

    /** Lets this one batch take more events. Gives false if it has as many already, or enough bytes. */
    boolean grow(int mostEvents) {
        limit = Math.max(limit, mostEvents);
        return !isFull();
    }

    /** Takes as many lines from the start of the run as fit, at least one into an empty batch. Gives how many. */
    int add(LineRun run) {
        int lines = Math.min(run.count(), limit - events);
        if (bytes + run.byteCount(lines) > maxBytes) {
            lines = linesWithin(run, lines, maxBytes - bytes);
        }
        if (lines > 0) {
            runsBySource
                    .computeIfAbsent(run.source().name(), name -> new ArrayList<>(1))
                    .add(run.slice(0, lines));
            events += lines;
            bytes += run.byteCount(lines);
        }
        return lines;
    }

    /** The most lines that take no more than the bytes, but one if the batch is empty. */
    private int linesWithin(LineRun run, int most, long room) {
        int low = isEmpty() ? 1 : 0;
        int high = most;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (run.byteCount(middle) <= room) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The names of the sources whose lines it has; a view. */
    Set<String> sources() {
        return runsBySource.keySet();
    }

    boolean isFull() {
        return events >= limit || bytes >= maxBytes;
    }

    /** The lines as a batch, grouped by source; this one is empty afterwards. */
    Batch close(String agentName, long number) {
        List<LineRun> runs = new ArrayList<>();
        runsBySource.values().forEach(runs::addAll);
        runsBySource.clear();
        limit = maxEvents;
        events = 0;
        bytes = 0;
        return new Batch(agentName, number, runs);
    }
}
