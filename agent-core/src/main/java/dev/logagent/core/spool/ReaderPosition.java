package dev.logagent.core.spool;

import dev.logagent.core.checkpoint.StateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Remembers up to where all records are resolved, in two slots that are written in turn: one is always whole. What was
 * saved survives the end of the process; only what was forced survives a loss of power, which may cost repeats. Confined to one thread.
 */
final class ReaderPosition implements AutoCloseable {

    /** The name of the file. */
    static final String FILE_NAME = "position";

    private static final int MAGIC = 0x4c415032;
    private static final int SLOT_BYTES = 40;
    private static final int CHECKSUM_AT = SLOT_BYTES - Integer.BYTES;

    private final Path file;
    private @Nullable FileChannel channel;
    private long turn;

    ReaderPosition(Path file) {
        this.file = file;
    }

    /**
     * A place in the spool.
     *
     * @param sequence of the first record that is not resolved
     * @param segment the number of the segment that it is in
     * @param offset where it begins in that
     */
    record Place(long sequence, long segment, long offset) {

        static final Place START = new Place(0, 0, 0);
    }

    /** What was saved last; null if there is nothing, or nothing whole. */
    @Nullable Place load() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        Place newest = null;
        for (int at = 0; at + SLOT_BYTES <= bytes.limit(); at += SLOT_BYTES) {
            ByteBuffer slot = bytes.slice(at, SLOT_BYTES);
            if (slot.getInt(0) == MAGIC && slot.getInt(CHECKSUM_AT) == checksum(slot) && slot.getLong(4) >= turn) {
                turn = slot.getLong(4);
                newest = new Place(slot.getLong(12), slot.getLong(20), slot.getLong(28));
            }
        }
        return newest;
    }

    void save(Place place) throws IOException {
        turn++;
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
        slot.putInt(MAGIC)
                .putLong(turn)
                .putLong(place.sequence())
                .putLong(place.segment())
                .putLong(place.offset());
        slot.putInt(checksum(slot)).flip();
        open().write(slot, turn % 2 * SLOT_BYTES);
    }

    /** Makes what was saved last survive a loss of power. */
    void force() throws IOException {
        open().force(false);
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    StateFolder.ownerOnly(file, "rw-------"));
            channel = open;
        }
        return open;
    }

    private static int checksum(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.duplicate().limit(CHECKSUM_AT).position(0));
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
