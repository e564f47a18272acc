package dev.logagent.core.spool;

import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.spool.SegmentFiles.Opener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk that fails when told: full after so many bytes, or unable to force or to truncate. */
public final class FaultyDisk implements Opener {

    private final List<Path> opened = new ArrayList<>();
    private final List<Path> forced = new ArrayList<>();
    private long room = Long.MAX_VALUE;
    private int failingForces;
    private boolean truncates = true;

    /** A spool on it. */
    public Spool spool(Path folder) throws IOException {
        return Spool.open(folder, SpoolFolder.LARGE, new AgentEvents() {}, CrashPoints.NONE, this);
    }

    /** So many bytes may still be written. */
    public FaultyDisk room(long bytes) {
        room = bytes;
        return this;
    }

    FaultyDisk failForces(int count) {
        failingForces = count;
        return this;
    }

    FaultyDisk failTruncation() {
        truncates = false;
        return this;
    }

    /** All files that were created, in order. */
    List<Path> opened() {
        return opened;
    }

    /** The files of all forces, in order. */
    List<Path> forced() {
        return forced;
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        FileChannel channel = Opener.DISK.open(file);
        opened.add(file);
        return new Channel(file, channel);
    }

    private final class Channel extends FileChannel {

        private final Path file;
        private final FileChannel disk;

        Channel(Path file, FileChannel disk) {
            this.file = file;
            this.disk = disk;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int wanted = source.remaining();
            if (wanted > room) {
                ByteBuffer part = source.slice().limit((int) room);
                room = 0;
                disk.write(part, position);
                throw new IOException("No space left on device");
            }
            room -= wanted;
            return disk.write(source, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            forced.add(file);
            if (failingForces > 0) {
                failingForces--;
                throw new IOException("Input/output error");
            }
            disk.force(metaData);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (!truncates) {
                throw new IOException("Read-only file system");
            }
            disk.truncate(size);
            return this;
        }

        @Override
        protected void implCloseChannel() throws IOException {
            disk.close();
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long newPosition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
