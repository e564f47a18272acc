package dev.logagent.core.testing;

import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Feed;
import dev.logagent.core.input.InputThread;
import dev.logagent.core.input.Intake;
import dev.logagent.core.limits.Pace;
import dev.logagent.core.runtime.FatalError;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.runtime.Pulse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Runs a feed as the pipeline does, and gathers what it hands over. */
public final class FeedRun implements AutoCloseable {

    private static final int ANY = 1 << 20;

    private final MemoryBudget budget = new MemoryBudget(64 << 20);
    private final List<LineRun> runs = new ArrayList<>();
    private final Semaphore room;
    private final InputThread input;

    /** One that takes everything. */
    public FeedRun(Feed feed, AgentEvents events) throws IOException, InterruptedException {
        this(feed, events, ANY);
    }

    /** @param runs so many runs are taken, until there is {@link #moreRoom} */
    public FeedRun(Feed feed, AgentEvents events, int runs) throws IOException, InterruptedException {
        room = new Semaphore(runs);
        input = new InputThread(
                "s",
                feed,
                List.of(new Intake("o", Pace.FREE, budget, patience -> true, this::take, events, new Pulse("s"))));
        input.start(new FatalError());
        input.awaitReady();
        input.beginReading();
    }

    private boolean take(LineRun run) {
        room.acquireUninterruptibly();
        synchronized (runs) {
            runs.add(run);
        }
        return true;
    }

    /** Lets everything in from now on. */
    public void moreRoom() {
        room.release(ANY);
    }

    /** The runs so far. */
    public List<LineRun> runs() {
        synchronized (runs) {
            return List.copyOf(runs);
        }
    }

    /** The lines so far. */
    public List<LogEvent> events() {
        List<LogEvent> events = new ArrayList<>();
        for (LineRun run : runs()) {
            for (int line = 0; line < run.count(); line++) {
                events.add(new LogEvent(run, line));
            }
        }
        return events;
    }

    /** The texts of the lines so far. */
    public List<String> texts() {
        return events().stream().map(LogEvent::text).toList();
    }

    /** Waits until the feed has ended by itself. Gives whether it has. */
    public boolean awaitEnd() throws InterruptedException {
        return input.awaitEnd(Duration.ofSeconds(20));
    }

    /** Tells the feed to read what is there, and waits until it has. */
    public boolean finish() throws InterruptedException {
        input.finish();
        return awaitEnd();
    }

    @Override
    public void close() {
        moreRoom();
        input.stop();
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
