package dev.logagent.core.deadletter;

import dev.logagent.api.Batch;
import dev.logagent.api.LogEvent;
import dev.logagent.core.checkpoint.StateFolder;
import dev.logagent.core.runtime.CrashPoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Adds events that the destination will never take to the dead letters, one JSON object a line. On disk before anyone is told
 * that they are resolved. Safe for use by several threads.
 */
public final class DeadLetters {

    private final DeadLetterFolder folder;
    private final long maxBytes;
    private final CrashPoints crashPoints;

    /**
     * @param stateFolder of the output
     * @param maxBytes how many bytes all letters may take
     */
    public DeadLetters(Path stateFolder, long maxBytes, CrashPoints crashPoints) {
        this.folder = DeadLetterFolder.in(stateFolder);
        this.maxBytes = maxBytes;
        this.crashPoints = crashPoints;
    }

    /** Where they are. */
    public Path file() {
        return folder.current();
    }

    /** How many bytes they take; 0 when that cannot be found out. */
    public long bytes() {
        try {
            return folder.bytes();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Adds all events of a batch; when this returns, they survive a loss of power.
     *
     * @param reason what the destination said
     * @param attempts how often the batch was sent
     * @throws IOException if that is not possible, or there is no room: then nothing has been added
     */
    public synchronized void add(Batch batch, String reason, int attempts) throws IOException {
        ByteArrayOutputStream letters = new ByteArrayOutputStream();
        long now = System.currentTimeMillis();
        for (LogEvent event : batch.events()) {
            DeadLetter letter = new DeadLetter(now, reason, attempts, batch.id(), event);
            letters.writeBytes(DeadLetterJson.write(letter, batch.agentName()));
        }
        folder.holdingCurrent(() -> {
            long used = folder.bytes();
            if (used + letters.size() > maxBytes) {
                throw new IOException("they take " + used + " bytes of max_dead_letter_bytes, which is " + maxBytes
                        + ": log-agent dead-letter replay, or delete what is not needed in " + folder.path());
            }
            append(letters.toByteArray());
        });
    }

    private void append(byte[] letters) throws IOException {
        Path file = file();
        boolean created = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                StateFolder.ownerOnly(file, "rw-------"))) {
            long end = channel.size();
            try {
                // A letter that a loss of power has torn must not stand in one line with the next.
                long start = isTorn(channel, end) ? end + write(channel, new byte[] {'\n'}, end) : end;
                write(channel, letters, start);
                crashPoints.reached("deadletters.written");
                channel.force(true);
                crashPoints.reached("deadletters.forced");
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
        if (created) {
            StateFolder.force(folder.path());
            crashPoints.reached("deadletters.folder.forced");
        }
    }

    private static int write(FileChannel channel, byte[] bytes, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
        return bytes.length;
    }

    private static boolean isTorn(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    }
}
