package dev.logagent.core.checkpoint;

import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.ack.Positions.SourceTimes;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps positions on disk: all of them, as they were at one moment, in {@code checkpoint}, and what has changed since then
 * in {@code checkpoint.log}. When the log has grown larger than the snapshot, a new snapshot begins a new log; the ones
 * before are kept as {@code checkpoint.previous} and {@code checkpoint.log.previous}, from which the same positions can be
 * had. Not safe for use by several threads.
 */
public final class CheckpointStore implements Closeable {

    /** Smaller logs are never worth a new snapshot. */
    private static final long SMALL_LOG_BYTES = 1 << 20;

    private static final int WRITE_BYTES = 64 * 1024;

    private final CheckpointFiles files;
    private final AgentEvents events;
    private final CrashPoints crashPoints;
    private @Nullable CheckpointLog log;
    private long number;
    private long snapshotBytes;

    public CheckpointStore(Path folder, AgentEvents events) {
        this(folder, events, CrashPoints.NONE);
    }

    public CheckpointStore(Path folder, AgentEvents events, CrashPoints crashPoints) {
        this.files = new CheckpointFiles(folder);
        this.events = events;
        this.crashPoints = crashPoints;
    }

    /**
     * What was found.
     *
     * @param positions empty at the very first start
     * @param damaged whether something was lost: then a file that is not known may have been read already, and must be
     *     read again
     */
    public record Loaded(Positions positions, boolean damaged) {}

    /**
     * What was saved last, as far as it is sound; damaged files are set aside. If all are damaged, files are read again from
     * their beginning rather than skipped.
     *
     * @throws IOException if a newer agent wrote it, or the folder cannot be read; with a message for the user
     */
    public Loaded load() throws IOException {
        CheckpointFiles.Found found = files.load((path, reason) -> {
            Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + System.currentTimeMillis());
            // A copy of a log: what is sound in it counts until a new snapshot holds it.
            if (path.equals(files.log()) || path.equals(files.previousLog())) {
                Files.copy(path, aside, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            }
            events.checkpointDamaged(path, aside, reason);
        });
        number = found.number();
        return new Loaded(found.positions(), found.damaged());
    }

    /**
     * What is saved in a folder at this moment, without changing anything; an agent may be running on it.
     *
     * @throws IOException as {@link #load} does
     */
    public static Loaded peek(Path folder) throws IOException {
        CheckpointFiles.Found found = new CheckpointFiles(folder).load((path, reason) -> {});
        return new Loaded(found.positions(), found.damaged());
    }

    /** Saves all positions so that they survive a loss of power, and begins a new log. */
    public void save(Positions positions) throws IOException {
        long next = number + 1;
        // Somebody may have deleted it.
        Files.createDirectories(files.folder(), StateFolder.ownerOnly(files.folder(), "rwx------"));
        long bytes = writeSnapshot(positions, next);
        if (Files.exists(files.newest())) {
            Files.move(files.newest(), files.previous(), StandardCopyOption.ATOMIC_MOVE);
            crashPoints.reached("checkpoint.previous.renamed");
        }
        Files.move(files.temporary(), files.newest(), StandardCopyOption.ATOMIC_MOVE);
        crashPoints.reached("checkpoint.newest.renamed");
        // Before its log goes: else a loss of power could bring the snapshot before this one back, without that log.
        StateFolder.force(files.folder());
        crashPoints.reached("checkpoint.newest.forced");
        number = next;
        snapshotBytes = bytes;
        beginLog();
    }

    private long writeSnapshot(Positions positions, long next) throws IOException {
        Path temporary = files.temporary();
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        StateFolder.ownerOnly(temporary, "rw-------"));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), WRITE_BYTES)) {
            CheckpointFormat.write(positions, next, out);
            out.flush();
            crashPoints.reached("checkpoint.snapshot.written");
            channel.force(true);
            crashPoints.reached("checkpoint.snapshot.forced");
            return channel.size();
        }
    }

    private void beginLog() throws IOException {
        close();
        CheckpointLog begun = CheckpointLog.create(files.temporaryLog(), number, crashPoints);
        try {
            crashPoints.reached("checkpoint.log.created");
            if (Files.exists(files.log())) {
                Files.move(files.log(), files.previousLog(), StandardCopyOption.ATOMIC_MOVE);
                crashPoints.reached("checkpoint.log.rolled");
            }
            Files.move(files.temporaryLog(), files.log(), StandardCopyOption.ATOMIC_MOVE);
            crashPoints.reached("checkpoint.log.renamed");
            Files.deleteIfExists(files.recent());
            crashPoints.reached("checkpoint.recent.deleted");
            StateFolder.force(files.folder());
            crashPoints.reached("checkpoint.log.forced");
        } catch (IOException e) {
            begun.close();
            throw e;
        }
        log = begun;
    }

    /** Whether changes cannot be, or are not worth being, appended any more, but {@link #save} is due. */
    public boolean isSnapshotDue() {
        return log == null
                || log.isBroken()
                || log.length() > Math.max(SMALL_LOG_BYTES, snapshotBytes)
                || !Files.exists(files.log());
    }

    /**
     * Appends what has changed since the last snapshot: it survives the end of the process, and after {@link #force} a loss
     * of power. Either all of it is there, or none.
     *
     * @throws IllegalStateException if a snapshot was due
     */
    public void append(Collection<FilePosition> changed, Collection<SourceTimes> sources) throws IOException {
        JsonBuffer records = new JsonBuffer(4096);
        JsonBuffer object = new JsonBuffer(512);
        for (FilePosition file : changed) {
            PositionJson.write(file, object);
            LogRecord.append(object, records);
            object.clear();
        }
        // After the files that were found when the folders were looked through.
        for (SourceTimes source : sources) {
            PositionJson.write(source, object);
            LogRecord.append(object, records);
            object.clear();
        }
        log().append(records);
    }

    /** Makes what was appended survive a loss of power, if it does not yet. */
    public void force() throws IOException {
        log().force();
    }

    private CheckpointLog log() {
        if (log == null) {
            throw new IllegalStateException("there is no log yet: a snapshot is due");
        }
        return log;
    }

    /** Lets go of the log; a snapshot is due next. */
    @Override
    public void close() throws IOException {
        CheckpointLog old = log;
        log = null;
        if (old != null) {
            old.close();
        }
    }
}
