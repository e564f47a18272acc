package dev.logagent.core.checkpoint;

import dev.logagent.core.ack.Positions;
import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Keeps positions on disk: the newest in {@code checkpoint}, the one before in {@code checkpoint.previous}. What is
 * written is either there as a whole or not at all. Not safe for use by several threads.
 */
public final class CheckpointStore {

    private final Path folder;
    private final Path newest;
    private final Path previous;
    private final AgentEvents events;

    public CheckpointStore(StateFolder state, AgentEvents events) {
        this.folder = state.path();
        this.newest = folder.resolve("checkpoint");
        this.previous = folder.resolve("checkpoint.previous");
        this.events = events;
    }

    /**
     * What was saved last; what was saved before that if the newest is damaged, which is then set aside. If both are
     * damaged, all files are read again from their beginning rather than skipped.
     *
     * @throws IOException if a newer agent wrote it, or the folder cannot be read; with a message for the user
     */
    public Loaded load() throws IOException {
        boolean damaged = false;
        for (Path path : new Path[] {newest, previous}) {
            if (!Files.exists(path)) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(path);
            try {
                return new Loaded(CheckpointFormat.read(bytes), damaged);
            } catch (CheckpointFormat.NewerVersionException e) {
                throw new IOException(
                        "the checkpoint " + path + " cannot be used: " + e.getMessage()
                                + "; start the newer agent, or give this one a state_dir of its own",
                        e);
            } catch (IOException e) {
                damaged = true;
                setAside(path, e);
            }
        }
        return new Loaded(new Positions(), damaged);
    }

    /**
     * What was found.
     *
     * @param positions empty at the very first start
     * @param damaged whether something was lost: then a file that is not known may have been read already, and must be
     *     read again
     */
    public record Loaded(Positions positions, boolean damaged) {}

    private void setAside(Path path, IOException reason) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + System.currentTimeMillis());
        Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        events.checkpointDamaged(path, aside, String.valueOf(reason.getMessage()));
    }

    /** Saves the positions so that they survive a loss of power. */
    public void save(Positions positions) throws IOException {
        Path temporary = folder.resolve("checkpoint.new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                StateFolder.ownerOnly(temporary, "rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(CheckpointFormat.write(positions));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (Files.exists(newest)) {
            Files.move(newest, previous, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(temporary, newest, StandardCopyOption.ATOMIC_MOVE);
        StateFolder.force(folder);
    }
}
