package dev.logagent.core.checkpoint;

import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.core.runtime.CrashPoints;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * What has changed since a snapshot, appended as {@link LogRecord}s; the first one names the snapshot that the log follows.
 * Open for appending; {@link LogReplay} reads. Not safe for use by several threads.
 */
final class CheckpointLog implements Closeable {

    private final FileChannel channel;
    private final CrashPoints crashPoints;
    private long length;
    private boolean forced;
    private boolean broken;

    private CheckpointLog(FileChannel channel, CrashPoints crashPoints) {
        this.channel = channel;
        this.crashPoints = crashPoints;
    }

    /** A new log that survives a loss of power, in the place of whatever is at the path. */
    static CheckpointLog create(Path path, long follows, CrashPoints crashPoints) throws IOException {
        Files.deleteIfExists(path);
        CheckpointLog log = new CheckpointLog(
                FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        StateFolder.ownerOnly(path, "rw-------")),
                crashPoints);
        try {
            JsonBuffer head = new JsonBuffer(64);
            head.raw(JsonBuffer.ascii("{\"log\":" + CheckpointFormat.VERSION + ",\"follows\":" + follows + "}"));
            JsonBuffer record = new JsonBuffer(128);
            LogRecord.append(head, record);
            log.append(record);
            log.force();
            return log;
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    /** Appends records, all or none: they survive the end of the process, and after {@link #force} a loss of power. */
    void append(JsonBuffer records) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(records.array(), 0, records.length());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, length + bytes.position());
            }
        } catch (IOException e) {
            cut(e);
            throw e;
        }
        length += records.length();
        forced = false;
        crashPoints.reached("checkpoint.append.written");
    }

    private void cut(IOException cause) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            broken = true;
            cause.addSuppressed(e);
        }
    }

    /** Makes what was appended survive a loss of power, if it does not yet. */
    void force() throws IOException {
        if (forced) {
            return;
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            // What the system could not write it may have forgotten: that a second try succeeds would prove nothing.
            broken = true;
            throw e;
        }
        forced = true;
        crashPoints.reached("checkpoint.append.forced");
    }

    /** In bytes. */
    long length() {
        return length;
    }

    /** Whether something failed so that nothing may be appended any more. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
