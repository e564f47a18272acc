package dev.logagent.core.status;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How full a file system is.
 *
 * @param path what lies on it
 * @param totalBytes 0 when it cannot be found out
 * @param freeBytes what this process may still use
 */
public record DiskUse(Path path, long totalBytes, long freeBytes) {

    /** That of the file system which holds the path. */
    public static DiskUse of(Path path) {
        try {
            FileStore store = Files.getFileStore(path);
            return new DiskUse(path, store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException e) {
            return new DiskUse(path, 0, 0);
        }
    }

    /** From 0 to 100; 0 when it is not known. */
    public double usedPercent() {
        return totalBytes <= 0 ? 0 : 100.0 * (totalBytes - freeBytes) / totalBytes;
    }
}
