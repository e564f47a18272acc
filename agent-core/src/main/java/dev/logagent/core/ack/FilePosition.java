package dev.logagent.core.ack;

import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.Fingerprint;

/**
 * What is known about one generation of one file of one source: who it is, and how far it is delivered. Safe for use by
 * several threads.
 */
public final class FilePosition {

    private final String source;
    private final long lineage;
    private final int generation;
    private final AckTracker acks;
    private volatile Sighting sighting;
    private volatile boolean followed;

    /**
     * Where and how the file was seen last.
     *
     * @param path under which name
     * @param key device and inode
     * @param birthNanos when it was created, in nanoseconds since the epoch
     * @param modifiedNanos when it was last written, in nanoseconds since the epoch
     * @param head the fingerprint of its first bytes
     * @param seenMillis when it was looked at, in milliseconds since the epoch
     */
    public record Sighting(
            String path, String key, long birthNanos, long modifiedNanos, Fingerprint head, long seenMillis) {

        public static Sighting of(String path, FileStat stat, Fingerprint head, long seenMillis) {
            return new Sighting(path, stat.key(), stat.birthNanos(), stat.modifiedNanos(), head, seenMillis);
        }
    }

    /** @param generation counts how often the contents of this file have been replaced */
    public FilePosition(String source, long lineage, int generation, Sighting sighting, Position start) {
        this.source = source;
        this.lineage = lineage;
        this.generation = generation;
        this.sighting = sighting;
        this.acks = new AckTracker(start);
    }

    /** The lineage of a generation: the same for the same file on every start, whether it was remembered or not. */
    public static long lineageOf(String key, long birthNanos, int generation) {
        byte[] name = (key + '@' + birthNanos + '#' + generation).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Fingerprint.of(name, 0, name.length).hash();
    }

    public String source() {
        return source;
    }

    public long lineage() {
        return lineage;
    }

    public int generation() {
        return generation;
    }

    public AckTracker acks() {
        return acks;
    }

    public Sighting sighting() {
        return sighting;
    }

    public void seen(Sighting newest) {
        this.sighting = newest;
    }

    /** Whether a detector has the file open: then it must not be forgotten, however long ago it was seen. */
    public boolean isFollowed() {
        return followed;
    }

    public void setFollowed(boolean isFollowed) {
        this.followed = isFollowed;
    }
}
