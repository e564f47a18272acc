package dev.logagent.core.detector;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an open file, which stays readable when it is renamed or deleted. Confined to one thread. */
interface FileContent extends Closeable {

    /** The size in bytes, as far as it is known now. */
    long size() throws IOException;

    /**
     * Reads bytes at a position until {@code length} bytes are there or the file ends.
     *
     * @return how many bytes were read
     */
    int read(byte[] into, int start, int length, long position) throws IOException;

    /** A file as it is. */
    static FileContent plain(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new FileContent() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public int read(byte[] into, int start, int length, long position) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(into, start, length);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, position + buffer.position() - start) < 0) {
                        break;
                    }
                }
                return buffer.position() - start;
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
