package dev.logagent.core.discovery;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One look at a file.
 *
 * @param key device and inode as the system writes them; the path where it has neither
 * @param birthNanos when the file was created, in nanoseconds since the epoch; its modification time where the file system
 *     does not keep it
 * @param modifiedNanos when it was last written, in nanoseconds since the epoch
 * @param changedNanos when its contents, or anything else that the system keeps of it, were last changed (ctime), in
 *     nanoseconds since the epoch: nobody can set this back; 0 where the system does not tell
 * @param size in bytes
 * @param regular whether it is a regular file, after following symbolic links
 */
public record FileStat(String key, long birthNanos, long modifiedNanos, long changedNanos, long size, boolean regular) {

    private static final String BASIC = "fileKey,creationTime,lastModifiedTime,size,isRegularFile";

    private static final boolean TELLS_CHANGES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private static final String ATTRIBUTES = TELLS_CHANGES ? "unix:ctime," + BASIC : BASIC;

    /** The devices on which a birth time was seen that is not the modification time, as it is where none is kept. */
    private static final Set<String> KEEPS_BIRTH_TIMES = ConcurrentHashMap.newKeySet();

    /**
     * Looks at a path, following symbolic links.
     *
     * @return null if there is nothing
     * @throws IOException if there is something that cannot be looked at
     */
    public static @Nullable FileStat of(Path path) throws IOException {
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(path, ATTRIBUTES);
        } catch (NoSuchFileException e) {
            return null;
        } catch (java.nio.file.FileSystemException e) {
            if (e.getReason() != null && e.getReason().contains("Not a directory")) {
                return null;
            }
            throw e;
        }
        Object fileKey = attributes.get("fileKey");
        String key = fileKey == null ? path.toString() : fileKey.toString();
        long birth = nanos(attributes, "creationTime");
        long modified = nanos(attributes, "lastModifiedTime");
        if (birth != modified) {
            KEEPS_BIRTH_TIMES.add(device(key));
        }
        return new FileStat(
                key,
                birth,
                modified,
                TELLS_CHANGES ? nanos(attributes, "ctime") : 0,
                (Long) value(attributes, "size"),
                (Boolean) value(attributes, "isRegularFile"));
    }

    private static long nanos(Map<String, Object> attributes, String time) {
        return ((FileTime) value(attributes, time)).to(TimeUnit.NANOSECONDS);
    }

    private static Object value(Map<String, Object> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), name);
    }

    private static String device(String key) {
        int end = key.indexOf(',');
        return end < 0 ? "" : key.substring(0, end);
    }

    /**
     * Whether this is the file that had that key and birth time. A reused inode has another birth time. Where the file system
     * is not known to keep birth times, only the contents can tell, and the caller must compare them.
     */
    public boolean isSameFile(String otherKey, long otherBirthNanos) {
        return key.equals(otherKey) && (birthNanos == otherBirthNanos || !KEEPS_BIRTH_TIMES.contains(device(key)));
    }

    /** Whether the file has not been written to since the other look at it, as far as size and modification time tell. */
    public boolean isUnwrittenSince(FileStat other) {
        return key.equals(other.key)
                && birthNanos == other.birthNanos
                && modifiedNanos == other.modifiedNanos
                && size == other.size;
    }
}
