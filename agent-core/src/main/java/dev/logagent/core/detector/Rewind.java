package dev.logagent.core.detector;

import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.discovery.FileStat;
import java.io.IOException;
import java.nio.file.Path;

/** Takes a file back to an earlier position, from which it is then sent again, each line with the id that it has always had. */
public final class Rewind {

    private Rewind() {}

    /**
     * The file at the start of the line that the byte at the offset is in.
     *
     * @param offset in bytes, uncompressed; no further than the file is delivered
     * @throws IOException if that cannot be, with a message for the user
     */
    public static FilePosition to(FilePosition file, long offset) throws IOException {
        Path path = Path.of(file.sighting().path());
        long delivered = file.acks().position().offset();
        if (offset > delivered) {
            throw new IOException(path + " is delivered up to byte " + delivered + ": going on at byte " + offset
                    + " would skip lines");
        }
        FileStat stat = FileStat.of(path);
        if (stat == null
                || !stat.isSameFile(file.sighting().key(), file.sighting().birthNanos())) {
            throw new IOException(path + " is another file by now, or gone");
        }
        try (FileContent content = Contents.open(path, stat)) {
            if (content == null || !Contents.holds(content, file)) {
                throw new IOException(path + " does not hold any more what was delivered from it");
            }
            Position start = Contents.position(content, startOfLine(content, offset));
            return new FilePosition(file.source(), file.lineage(), file.generation(), file.sighting(), start);
        }
    }

    private static long startOfLine(FileContent content, long offset) throws IOException {
        byte[] buffer = new byte[4096];
        long to = offset;
        while (to > 0) {
            int length = (int) Math.min(buffer.length, to);
            int read = content.read(buffer, 0, length, to - length);
            for (int i = read - 1; i >= 0; i--) {
                if (buffer[i] == '\n') {
                    return to - length + i + 1;
                }
            }
            to -= length;
        }
        return 0;
    }
}
