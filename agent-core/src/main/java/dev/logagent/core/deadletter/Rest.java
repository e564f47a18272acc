package dev.logagent.core.deadletter;

import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.runtime.CrashPoints;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/**
 * The letters of a file that are to be kept: written beside it, and put in its place when all are there. Not safe for use by
 * several threads.
 */
final class Rest implements AutoCloseable {

    private final Path original;
    private final Path temporary;
    private final Path folder;
    private final CrashPoints crashPoints;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean empty = true;

    Rest(Path original, CrashPoints crashPoints) throws IOException {
        this.original = original;
        this.folder = Objects.requireNonNull(original.getParent());
        this.temporary = folder.resolve("replay.new");
        this.crashPoints = crashPoints;
        Files.deleteIfExists(temporary);
        this.channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                StateFolder.ownerOnly(temporary, "rw-------"));
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    /** Keeps a line as it is. */
    void keep(String json) throws IOException {
        write((json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void keep(DeadLetter letter, String agentName) throws IOException {
        write(DeadLetterJson.write(letter, agentName));
    }

    private void write(byte[] line) throws IOException {
        empty = false;
        out.write(line);
    }

    /** From now on the file holds only what was kept; it is gone if that is nothing. */
    void replaceOriginal() throws IOException {
        out.flush();
        crashPoints.reached("deadletters.rest.written");
        channel.force(true);
        crashPoints.reached("deadletters.rest.forced");
        if (empty) {
            Files.delete(original);
            crashPoints.reached("deadletters.original.deleted");
        } else {
            Files.move(temporary, original, StandardCopyOption.ATOMIC_MOVE);
            crashPoints.reached("deadletters.rest.renamed");
        }
        StateFolder.force(folder);
        crashPoints.reached("deadletters.rest.folder.forced");
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(temporary);
    }
}
