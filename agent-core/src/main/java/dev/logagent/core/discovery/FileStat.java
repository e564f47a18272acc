package dev.logagent.core.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One look at a file.
 *
 * @param key device and inode as the system writes them; the path where it has neither
 * @param birthNanos when the file was created, in nanoseconds since the epoch; its modification time where the file system
 *     does not keep it
 * @param modifiedNanos when it was last written, in nanoseconds since the epoch
 * @param size in bytes
 * @param regular whether it is a regular file, after following symbolic links
 */
public record FileStat(String key, long birthNanos, long modifiedNanos, long size, boolean regular) {

    /**
     * Looks at a path, following symbolic links.
     *
     * @return null if there is nothing
     * @throws IOException if there is something that cannot be looked at
     */
    public static @Nullable FileStat of(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        } catch (java.nio.file.FileSystemException e) {
            if (e.getReason() != null && e.getReason().contains("Not a directory")) {
                return null;
            }
            throw e;
        }
        Object fileKey = attributes.fileKey();
        return new FileStat(
                fileKey == null ? path.toString() : fileKey.toString(),
                attributes.creationTime().to(TimeUnit.NANOSECONDS),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.size(),
                attributes.isRegularFile());
    }

    /**
     * Whether this is the file that had that key and birth time. A reused inode has another birth time; where the file
     * system keeps none (then it equals the modification time) only the contents can tell, and the caller must compare
     * them.
     */
    public boolean isSameFile(String otherKey, long otherBirthNanos) {
        return key.equals(otherKey) && (birthNanos == otherBirthNanos || birthNanos == modifiedNanos);
    }
}
