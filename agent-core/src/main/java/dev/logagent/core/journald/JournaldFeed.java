package dev.logagent.core.journald;

import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.ack.Bookmarks.Bookmark;
import dev.logagent.core.config.InputConfig.Journald;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.BytePump;
import dev.logagent.core.input.Feed;
import dev.logagent.core.input.Handover;
import dev.logagent.core.input.LineBuffer;
import dev.logagent.core.input.StreamPosition;
import dev.logagent.core.lines.LineRules;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal: starts {@code journalctl} at the last delivered entry, and again whenever it ends. Each entry is a line
 * of JSON. Confined to the source's thread.
 */
public final class JournaldFeed implements Feed {

    private static final int PIECE_BYTES = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Journald config;
    private final Journalctl journalctl;
    private final SourceInfo source;
    private final StreamPosition position;
    private final StartAt firstStart;
    private final LineRules rules;
    private final AgentEvents events;
    private final Gaps gaps;

    private @Nullable Child child;
    private String cursor = "";
    private long offset;
    private boolean hasRead;
    private Duration pause = FIRST_PAUSE;
    private long nextStart = System.nanoTime();
    private String obstacle = "";

    /**
     * @param firstStart where to begin if the source has never been read
     * @param rules what is too long for a line
     */
    public JournaldFeed(
            Journald config, StreamPosition position, StartAt firstStart, LineRules rules, AgentEvents events) {
        this.config = config;
        this.journalctl = new Journalctl(config);
        this.source = rules.source();
        this.position = position;
        this.firstStart = firstStart;
        this.rules = rules;
        this.events = events;
        boolean seesAll = config.units().isEmpty() && config.matches().isEmpty();
        this.gaps = new Gaps(source.name(), config.shown(), seesAll, events);
    }

    /** Tells journals apart by all that decides which entries are read, and so which offset an entry has. */
    public static String identity(Journald config) {
        return "journald " + config.directory() + ' ' + config.units() + ' ' + config.matches();
    }

    @Override
    public void open() {
        if (position.isKnown()) {
            Bookmark place = position.resume();
            cursor = place.cursor();
            offset = place.offset();
            return;
        }
        try {
            Cursor last = firstStart == StartAt.END ? journalctl.last() : null;
            cursor = last == null ? "" : last.text();
        } catch (IOException e) {
            failing(e.getMessage()); // a journal that appears later is read from its beginning
        }
        position.begin(cursor);
    }

    @Override
    public boolean read(boolean finishing, Handover to) throws InterruptedException {
        Child reading = child;
        if (reading != null && finishing && reading.follows) {
            reading.close();
            reading = null;
        }
        if (reading == null) {
            reading = start(!finishing);
        }
        if (reading == null) {
            return !finishing;
        }
        BytePump.Piece piece = reading.pump.poll(PATIENCE);
        if (piece == null) {
            if (reading.isOld()) {
                recovered();
            }
            return true;
        }
        if (piece.isEnd() || piece.failure() != null) {
            return ended(reading, finishing);
        }
        recovered();
        return reading.handOver(piece.bytes(), to);
    }

    /** Starts a child when it is time to, and gives it. */
    private @Nullable Child start(boolean follow) throws InterruptedException {
        long wait = nextStart - System.nanoTime();
        if (wait > 0 && follow) {
            LockSupport.parkNanos(this, Math.min(PATIENCE.toNanos(), wait));
            return null;
        }
        try {
            Cursor next = cursor.isEmpty() ? null : journalctl.atOrAfter(cursor);
            if (!cursor.isEmpty() && gaps.onStart(Cursor.of(cursor), next) && !hasRead) {
                position.begin(cursor);
                offset = 0;
            }
            Child started = new Child(journalctl.read(cursor, follow), follow);
            child = started;
            if (obstacle.isEmpty()) {
                events.inputOpened(
                        source.name(), config.shown(), cursor.isEmpty() ? "from its beginning" : "from " + cursor);
            }
            return started;
        } catch (IOException e) {
            failing(e.getMessage());
            return null;
        }
    }

    /** The child has ended. Gives whether to start it again. */
    private boolean ended(Child reading, boolean finishing) throws InterruptedException {
        boolean orderly = reading.process.waitFor() == 0 && !reading.follows;
        String complaint = Journalctl.complaint(reading.process);
        int code = reading.process.exitValue();
        reading.close();
        if (finishing && orderly) {
            return false;
        }
        failing(config.program() + " has ended with exit code " + code + (complaint.isEmpty() ? "" : ": " + complaint));
        return !finishing;
    }

    private void failing(@Nullable String reason) {
        String now = String.valueOf(reason);
        if (!now.equals(obstacle)) {
            obstacle = now;
            events.inputFailing(source.name(), config.shown(), now);
        }
        nextStart = System.nanoTime() + pause.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void recovered() {
        pause = FIRST_PAUSE;
        if (!obstacle.isEmpty()) {
            obstacle = "";
            events.inputRecovered(source.name(), config.shown());
        }
    }

    @Override
    public void close() {
        Child open = child;
        if (open != null) {
            open.close();
        }
    }

    /** One life of {@code journalctl}. */
    private final class Child {

        private final Process process;
        private final boolean follows;
        private final BytePump pump;
        private final LineBuffer lines = new LineBuffer(position.file(), rules, offset);
        private final long startedNanos = System.nanoTime();
        private final KnownEntry known = new KnownEntry(cursor, rules.maxLineBytes());
        private @Nullable Cursor ofPiece;

        Child(Process process, boolean follows) {
            this.process = process;
            this.follows = follows;
            this.pump = new BytePump(
                    "journal-" + source.name(), Channels.newChannel(process.getInputStream()), PIECE_BYTES);
        }

        /** Whether it lives for so long that what ended the one before is over. */
        boolean isOld() {
            return System.nanoTime() - startedNanos > FIRST_PAUSE.toNanos() && process.isAlive();
        }

        boolean handOver(byte[] bytes, Handover to) {
            lines.add(known.without(bytes));
            for (LineRun run = lines.next(false); run != null; run = lines.next(false)) {
                note(run);
                if (!to.take(run)) {
                    return false;
                }
                offset = run.endOffset();
                hasRead = true;
            }
            return true;
        }

        /** Takes note of the entries in a run, before it is on its way: it may arrive at once. */
        private void note(LineRun run) {
            for (int line = 0; line < run.count(); line++) {
                Cursor found = Cursor.in(run.bytes(line), run.start(line), run.end(line));
                if (found != null) {
                    ofPiece = found;
                    gaps.onEntry(found);
                }
            }
            boolean isWhole = run.bytes(run.count() - 1)[run.end(run.count() - 1)] == '\n';
            if (ofPiece != null && isWhole) {
                cursor = ofPiece.text();
                position.readTo(run.endOffset(), cursor);
                ofPiece = null;
            }
        }

        void close() {
            child = null;
            process.destroyForcibly();
            pump.close();
        }
    }
}
