package dev.logagent.core.kmsg;

import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.ack.Bookmarks.Bookmark;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.BytePump;
import dev.logagent.core.input.BytePump.Piece;
import dev.logagent.core.input.Feed;
import dev.logagent.core.input.Handover;
import dev.logagent.core.input.RunBlock;
import dev.logagent.core.input.StreamPosition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the kernel's messages. The kernel keeps the newest ones in a ring, numbered for as long as it runs: what was
 * overwritten before it was read shows as numbers that are missing. Confined to the source's thread.
 */
public final class KmsgFeed implements Feed {

    /** The kernel gives a record whole or not at all; none is longer. */
    private static final int LONGEST_RECORD = 16 * 1024;

    private static final int RUN_RECORDS = 256;

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Path device;
    private final Opener opener;
    private final Boot boot;
    private final SourceInfo source;
    private final StreamPosition position;
    private final StartAt firstStart;
    private final AgentEvents events;

    private @Nullable BytePump pump;
    private long last = -1;
    private long offset;
    private long nextOpening = System.nanoTime();
    private String obstacle = "";

    /** Opens the device. */
    @FunctionalInterface
    interface Opener {
        ReadableByteChannel open() throws IOException;
    }

    /** @param firstStart where to begin if the source has never been read */
    public KmsgFeed(
            Path device,
            Boot boot,
            SourceInfo source,
            StreamPosition position,
            StartAt firstStart,
            AgentEvents events) {
        this(
                device,
                () -> FileChannel.open(device, StandardOpenOption.READ),
                boot,
                source,
                position,
                firstStart,
                events);
    }

    KmsgFeed(
            Path device,
            Opener opener,
            Boot boot,
            SourceInfo source,
            StreamPosition position,
            StartAt firstStart,
            AgentEvents events) {
        this.device = device;
        this.opener = opener;
        this.boot = boot;
        this.source = source;
        this.position = position;
        this.firstStart = firstStart;
        this.events = events;
    }

    @Override
    public void open() {
        if (position.isKnown()) {
            resume(position.resume());
        } else {
            if (firstStart == StartAt.END) {
                passOver();
            }
            position.begin(cursor());
        }
    }

    private void resume(Bookmark place) {
        String[] parts = place.cursor().split(" ", 2);
        if (parts.length == 2 && parts[0].equals(boot.id())) {
            last = Long.parseLong(parts[1]);
            offset = place.offset();
            return;
        }
        if (!place.cursor().isEmpty()) {
            events.inputNotice(
                    source.name(),
                    device.toString(),
                    "the host was booted anew; what the kernel wrote before that and" + " was not read is gone");
        }
        position.begin(cursor());
    }

    private String cursor() {
        return last < 0 ? "" : boot.id() + ' ' + last;
    }

    /** Reads up to the end, and forgets it. */
    private void passOver() {
        try {
            BytePump reading = pump();
            while (!reading.isIdle(PATIENCE)) {
                Piece piece = reading.poll(PATIENCE);
                if (piece != null && piece.isEnd()) {
                    break;
                }
                new Records(boot).add(piece == null ? new byte[0] : piece.bytes(), number -> {
                    last = Math.max(last, number);
                    return false;
                });
            }
        } catch (IOException e) {
            failing(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private BytePump pump() throws IOException {
        BytePump open = pump;
        if (open == null) {
            open = new BytePump("kmsg-" + source.name(), opener.open(), LONGEST_RECORD);
            pump = open;
        }
        return open;
    }

    @Override
    public boolean read(boolean finishing, Handover to) throws InterruptedException {
        BytePump reading = reading(finishing);
        if (reading == null) {
            return !finishing;
        }
        Records records = new Records(boot);
        Piece piece = reading.poll(PATIENCE);
        boolean hasCome = piece != null;
        while (piece != null) {
            IOException failure = piece.failure();
            if (piece.isEnd() || (failure != null && !isOverwritten(failure))) {
                reopenLater(failure);
                break;
            }
            records.add(piece.bytes(), this::isNew);
            piece = records.block().count() < RUN_RECORDS ? reading.poll(Duration.ZERO) : null;
        }
        return records.block().count() > 0
                ? handOver(records.block(), to)
                : hasCome || !finishing || !reading.isIdle(PATIENCE);
    }

    private void reopenLater(@Nullable IOException failure) {
        close();
        nextOpening = System.nanoTime() + PAUSE.toNanos();
        if (failure != null) {
            failing(failure);
        }
    }

    private @Nullable BytePump reading(boolean finishing) throws InterruptedException {
        if (pump == null && System.nanoTime() - nextOpening < 0) {
            if (!finishing) {
                LockSupport.parkNanos(this, PATIENCE.toNanos());
            }
            return null;
        }
        try {
            boolean isOpen = pump != null;
            BytePump open = pump();
            if (!isOpen) {
                recovered();
            }
            return open;
        } catch (IOException e) {
            failing(e);
            return null;
        }
    }

    private boolean handOver(RunBlock records, Handover to) {
        LineRun run = records.take(source, position.file(), offset, false);
        position.readTo(run.endOffset(), cursor());
        if (!to.take(run)) {
            return false;
        }
        offset = run.endOffset();
        return true;
    }

    /** The ring is read from its oldest record again after an opening; those that are known are passed over. */
    private boolean isNew(long number) {
        if (number < 0) {
            return true; // not the kernel's format, but not ours to drop
        }
        if (number <= last) {
            return false;
        }
        if (last >= 0 && number > last + 1) {
            events.recordsLost(
                    source.name(),
                    device.toString(),
                    number - last - 1,
                    "the kernel has overwritten them before they were read");
        }
        last = number;
        return true;
    }

    /** The record that was to be read next is not there any more; the next read gives the oldest that is. */
    private static boolean isOverwritten(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("Broken pipe");
    }

    private void failing(IOException failure) {
        nextOpening = System.nanoTime() + PAUSE.toNanos();
        String reason = reason(failure);
        if (!reason.equals(obstacle)) {
            obstacle = reason;
            events.inputFailing(source.name(), device.toString(), reason);
        }
    }

    /** Why the device cannot be read, for the user. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is none; in a container it has to be passed in";
        }
        if (failure instanceof AccessDeniedException
                || String.valueOf(failure.getMessage()).contains("not permitted")) {
            return "user " + System.getProperty("user.name")
                    + " may not read it: the agent needs the capability CAP_SYSLOG,"
                    + " and the right to read the file";
        }
        return String.valueOf(failure.getMessage());
    }

    private void recovered() {
        if (!obstacle.isEmpty()) {
            obstacle = "";
            events.inputRecovered(source.name(), device.toString());
        }
        events.inputOpened(source.name(), device.toString(), last < 0 ? "from the oldest one" : "after number " + last);
    }

    @Override
    public void close() {
        BytePump open = pump;
        pump = null;
        if (open != null) {
            open.close();
        }
    }
}
