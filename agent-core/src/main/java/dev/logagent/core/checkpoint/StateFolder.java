package dev.logagent.core.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder where the agent remembers: only one agent at a time, and nobody else may look into it. */
public final class StateFolder implements AutoCloseable {

    private final Path path;
    private FileChannel lockFile;
    private Object lockKey;

    private StateFolder(Path path, FileChannel lockFile) throws IOException {
        this.path = path;
        this.lockFile = lockFile;
        this.lockKey = key(lock(path));
    }

    /**
     * Creates the folder if need be, and takes it.
     *
     * @throws IOException if it cannot be used or is taken, with a message for the user
     */
    public static StateFolder open(Path path) throws IOException {
        try {
            Files.createDirectories(path, ownerOnly(path, "rwx------"));
        } catch (IOException e) {
            throw new IOException(
                    "the state folder " + path + " cannot be created (" + reason(e)
                            + "): set state_dir in [global] to a folder this user may write to",
                    e);
        }
        refuseIfOthersMayWrite(path);
        FileChannel channel;
        try {
            channel = openLock(path);
        } catch (IOException e) {
            throw new IOException(
                    "the state folder " + path + " cannot be written (" + reason(e)
                            + "): set state_dir in [global] to a folder this user may write to",
                    e);
        }
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException("the state folder " + path
                    + " is in use by another log-agent: stop that one, or give this one a state_dir of its own");
        }
        return new StateFolder(path, channel);
    }

    private static Path lock(Path path) {
        return path.resolve("lock");
    }

    private static FileChannel openLock(Path path) throws IOException {
        return FileChannel.open(
                lock(path),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                ownerOnly(lock(path), "rw-------"));
    }

    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /**
     * Takes the folder again if somebody has deleted it, or the lock in it: another agent would find it free.
     *
     * @throws IOException if another agent has found it so already, with a message for the user: nothing may be written to it
     */
    public synchronized void keep() throws IOException {
        if (Files.exists(lock(path)) && key(lock(path)).equals(lockKey)) {
            return;
        }
        Files.createDirectories(path, ownerOnly(path, "rwx------"));
        FileChannel fresh = openLock(path);
        if (!isLocked(fresh)) {
            fresh.close();
            throw new IOException("another log-agent has taken the state folder " + path
                    + " since it was deleted: stop one of the two, or give it a state_dir of its own");
        }
        lockFile.close();
        lockFile = fresh;
        lockKey = key(lock(path));
    }

    /** The folder's path. */
    public Path path() {
        return path;
    }

    /** A folder inside this one, created if need be. */
    public Path subfolder(String first, String... more) throws IOException {
        Path subfolder = path.resolve(Path.of(first, more));
        Files.createDirectories(subfolder, ownerOnly(subfolder, "rwx------"));
        return subfolder;
    }

    /** Makes names that were created, renamed or deleted in a folder survive a loss of power. */
    public static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** What to create a file with, so that only its owner may use it, where the file system can say so. */
    public static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void refuseIfOthersMayWrite(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("the state folder " + path
                    + " may be written by everyone, so its contents cannot be trusted: chmod 700 " + path);
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    /** Lets another agent have the folder. */
    @Override
    public synchronized void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            // The process ends: the system lets go of the lock.
            return;
        }
    }
}
