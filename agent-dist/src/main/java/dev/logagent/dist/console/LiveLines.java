package dev.logagent.dist.console;

import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.core.status.LineTap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends a sample of the lines that pass to all who look: as many as a person can follow, and a count of the others. While
 * nobody looks, it costs nothing; while somebody does, the pipeline never waits for it.
 */
final class LiveLines implements LineTap.Viewer {

    /** Each may hold a block of a file in memory. */
    private static final int MOST_RUNS = 8;

    private static final int MOST_LINES_AT_ONCE = 50;
    private static final int MOST_LINES_EXAMINED = 4_000;
    private static final int LONGEST_LINE_BYTES = 2_000;

    private final LineTap tap;
    private final BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(MOST_RUNS);
    private final LongAdder missed = new LongAdder();
    private final List<Viewing> viewings = new CopyOnWriteArrayList<>();

    private record Seen(String output, LineRun run) {}

    /** One visitor and what he wants to see. */
    private record Viewing(Feed feed, TailQuery query) {}

    LiveLines(LineTap tap) {
        this.tap = tap;
    }

    /** On the dashboard's thread. */
    void add(Feed feed, TailQuery query) {
        viewings.add(new Viewing(feed, query));
        tap.showTo(this);
    }

    @Override
    public void see(String output, LineRun run) {
        for (Viewing viewing : viewings) {
            if (viewing.query.concerns(output, run)) {
                if (!seen.offer(new Seen(output, run))) {
                    missed.add(run.count());
                }
                return;
            }
        }
    }

    /** To be called a few times a second, on the dashboard's thread. */
    void tick() {
        viewings.removeIf(viewing -> !viewing.feed.isOpen());
        if (viewings.isEmpty()) {
            tap.showTo(null);
            seen.clear();
            missed.reset();
            return;
        }
        List<Seen> runs = new ArrayList<>();
        seen.drainTo(runs);
        long missedNow = missed.sumThenReset();
        if (runs.isEmpty()) {
            return;
        }
        // Most visitors want to see the same: what they get is made once.
        Map<TailQuery, Optional<byte[]>> messages = new HashMap<>();
        for (Viewing viewing : viewings) {
            messages.computeIfAbsent(viewing.query, query -> message(query, runs, missedNow))
                    .ifPresent(viewing.feed::send);
        }
    }

    /** What those see who ask for this; empty if there is nothing. */
    private static Optional<byte[]> message(TailQuery query, List<Seen> runs, long missedBefore) {
        Json json = new Json().object().field("type", "lines").key("lines").list();
        int shown = 0;
        int examined = 0;
        long missed = missedBefore;
        for (Seen one : runs) {
            if (!query.concerns(one.output, one.run)) {
                continue;
            }
            // The newest lines of a run, if not all can be looked at.
            int from = Math.max(0, one.run.count() - (MOST_LINES_EXAMINED - examined));
            missed += from;
            examined += one.run.count() - from;
            for (int line = from; line < one.run.count(); line++) {
                LogEvent event = new LogEvent(one.run, line);
                if (query.matches(event)) {
                    if (shown < MOST_LINES_AT_ONCE) {
                        write(json, one.output, event);
                        shown++;
                    } else {
                        missed++;
                    }
                }
            }
        }
        return shown > 0 || missed > 0
                ? Optional.of(
                        json.endList().field("not_shown", missed).endObject().bytes())
                : Optional.empty();
    }

    private static void write(Json json, String output, LogEvent event) {
        LineRun run = event.run();
        int start = run.start(event.line());
        int end = run.end(event.line());
        json.object()
                .time("at", run.detectedAtMillis())
                .field("output", output)
                .field("source", run.source().name())
                .field("file", run.file().path())
                .field("offset", event.offset())
                .field("level", event.level().name())
                .utf8("text", run.bytes(event.line()), start, Math.min(end, start + LONGEST_LINE_BYTES))
                .field("cut", end - start > LONGEST_LINE_BYTES)
                .endObject();
    }

    void ping() {
        viewings.forEach(viewing -> viewing.feed.ping());
    }
}
