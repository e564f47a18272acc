package dev.logagent.core.stdin;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.BytePump;
import dev.logagent.core.input.BytePump.Piece;
import dev.logagent.core.input.Feed;
import dev.logagent.core.input.Handover;
import dev.logagent.core.input.LineBuffer;
import dev.logagent.core.lines.LineRules;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines until their end. Nobody can be asked for them again, so there is no position; while the destination is slow,
 * whoever writes waits. Confined to the source's thread.
 */
public final class StdinFeed implements Feed {

    /** What events give as their file. */
    public static final String NAME = "stdin";

    private static final int PIECE_BYTES = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final ReadableByteChannel channel;
    private final LineRules rules;
    private final AgentEvents events;
    private final LineBuffer lines;
    private @Nullable BytePump pump;

    /** @param channel read by this feed alone, and closed by it */
    public StdinFeed(ReadableByteChannel channel, LineRules rules, AgentEvents events) {
        this.channel = channel;
        this.rules = rules;
        this.events = events;
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        long lineage =
                FilePosition.lineageOf(NAME, now, ThreadLocalRandom.current().nextInt());
        this.lines = new LineBuffer(new FileInfo(NAME, lineage), rules, 0);
    }

    @Override
    public boolean read(boolean finishing, Handover to) throws InterruptedException {
        BytePump reading = pump;
        if (reading == null) {
            reading = new BytePump("stdin-" + rules.source().name(), channel, PIECE_BYTES);
            pump = reading;
            events.inputOpened(rules.source().name(), "standard input", "to its end");
        }
        Piece piece = reading.poll(PATIENCE);
        if (piece != null && piece.failure() != null) {
            events.recordsLost(
                    rules.source().name(),
                    "standard input",
                    0,
                    "it cannot be read any more: " + piece.failure().getMessage());
        }
        boolean isEnd = piece != null && (piece.isEnd() || piece.failure() != null);
        if (piece != null) {
            lines.add(piece.bytes());
        }
        for (LineRun run = lines.next(isEnd); run != null; run = lines.next(isEnd)) {
            if (!to.take(run)) {
                return false;
            }
        }
        return !isEnd;
    }

    @Override
    public void close() {
        BytePump open = pump;
        if (open != null) {
            open.close();
        }
    }
}
