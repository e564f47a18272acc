package dev.logagent.core.checkpoint;

import dev.logagent.core.ack.Positions;
import dev.logagent.core.checkpoint.CheckpointFormat.Saved;
import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps positions on disk: the newest that surely survive a loss of power in {@code checkpoint}, those before in {@code
 * checkpoint.previous}, and what came after in {@code checkpoint.recent}, which survives the end of the process but is not
 * forced to disk each time. What is written is either there as a whole or not at all. Not safe for use by several threads.
 */
public final class CheckpointStore {

    private final Path folder;
    private final Path newest;
    private final Path previous;
    private final Path recent;
    private final AgentEvents events;
    private long number;

    public CheckpointStore(Path folder, AgentEvents events) {
        this.folder = folder;
        this.newest = folder.resolve("checkpoint");
        this.previous = folder.resolve("checkpoint.previous");
        this.recent = folder.resolve("checkpoint.recent");
        this.events = events;
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
     * What was saved last; what was saved before that if the newest is damaged, which is then set aside. If all are damaged,
     * files are read again from their beginning rather than skipped.
     *
     * @throws IOException if a newer agent wrote it, or the folder cannot be read; with a message for the user
     */
    public Loaded load() throws IOException {
        Saved best = null;
        boolean damaged = false;
        for (Path path : List.of(recent, newest, previous)) {
            if (!Files.exists(path)) {
                continue;
            }
            Saved saved = read(path);
            if (saved == null) {
                // The recent one alone may be torn by a loss of power: the others are made for that.
                damaged |= !path.equals(recent);
            } else if (best == null || saved.number() > best.number()) {
                best = saved;
            }
        }
        if (best == null) {
            return new Loaded(new Positions(), damaged);
        }
        number = best.number();
        return new Loaded(best.positions(), damaged);
    }

    private @Nullable Saved read(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        try {
            return CheckpointFormat.read(bytes);
        } catch (CheckpointFormat.NewerVersionException e) {
            throw new IOException(
                    "the checkpoint " + path + " cannot be used: " + e.getMessage()
                            + "; start the newer agent, or give this one a state_dir of its own",
                    e);
        } catch (IOException e) {
            Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + System.currentTimeMillis());
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            events.checkpointDamaged(path, aside, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Saves the positions so that they survive a loss of power. */
    public void save(Positions positions) throws IOException {
        Path temporary = write(positions, true);
        if (Files.exists(newest)) {
            Files.move(newest, previous, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(temporary, newest, StandardCopyOption.ATOMIC_MOVE);
        StateFolder.force(folder);
    }

    /** Saves the positions so that they survive the end of the process: much cheaper. */
    public void saveRecent(Positions positions) throws IOException {
        Files.move(write(positions, false), recent, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path write(Positions positions, boolean force) throws IOException {
        Path temporary = folder.resolve("checkpoint.new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                StateFolder.ownerOnly(temporary, "rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(CheckpointFormat.write(positions, number + 1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (force) {
                channel.force(true);
            }
        }
        number++;
        return temporary;
    }
}
