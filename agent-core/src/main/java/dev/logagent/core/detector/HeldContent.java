package dev.logagent.core.detector;

import dev.logagent.core.discovery.FileStat;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file that is followed. It can be closed while nothing is read from it, and is opened again by its name when
 * something is; that it is the same file is checked then, and what it holds by whoever reads. Confined to its detector's
 * thread.
 */
final class HeldContent implements FileContent {

    private final OpenFiles places;
    private FileStat identity;
    private Path path;
    private @Nullable FileContent content;

    /**
     * @param identity whose key and birth time the file has
     * @param content open, and its place among the open files is borrowed; null to open it when something is read
     */
    HeldContent(Path path, FileStat identity, @Nullable FileContent content, OpenFiles places) {
        this.path = path;
        this.identity = identity;
        this.places = places;
        this.content = content;
        if (content != null) {
            places.borrow();
        }
    }

    /** Whether it needs no descriptor to be read from. */
    boolean isOpen() {
        return content != null;
    }

    /** Under which name to open it again, and how the file looks now. */
    void noticed(Path newPath, FileStat stat) {
        path = newPath;
        identity = stat;
    }

    /** Closes the file until something is read from it. */
    void release() throws IOException {
        FileContent open = content;
        if (open != null) {
            content = null;
            places.giveBack();
            open.close();
        }
    }

    /**
     * Opens the file, with a place that was taken for it.
     *
     * @throws NoSuchFileException if the name means another file by now, or none
     */
    FileContent open() throws IOException {
        try {
            FileContent opened = Contents.open(path, identity);
            if (opened == null) {
                throw new NoSuchFileException(path.toString());
            }
            content = opened;
            return opened;
        } catch (IOException e) {
            places.giveBack();
            if (isExhausted(e)) {
                places.exhausted();
            }
            throw e;
        }
    }

    /** Whether the system has no descriptors left for this process, or at all. */
    static boolean isExhausted(IOException e) {
        return e instanceof FileSystemException failure
                && failure.getReason() != null
                && failure.getReason().startsWith("Too many open files");
    }

    /** Whether a network file system does not know the open file any more: only opening it anew may help. */
    static boolean isStale(IOException e) {
        return String.valueOf(e.getMessage()).contains("Stale file handle");
    }

    private FileContent content() throws IOException {
        if (content == null) {
            places.borrow();
            return open();
        }
        return content;
    }

    @Override
    public long size() throws IOException {
        return content().size();
    }

    @Override
    public int read(byte[] into, int start, int length, long position) throws IOException {
        return content().read(into, start, length, position);
    }

    @Override
    public void close() throws IOException {
        release();
    }
}
