package dev.logagent.core.status;

/**
 * How one file does. Immutable.
 *
 * @param path its name now
 * @param state how it is
 * @param reason why it cannot be read; empty when it can
 * @param sizeBytes how large it is
 * @param readBytes how far it is read
 * @param deliveredBytes how far everything in it is delivered
 * @param lagMillis how long the oldest line that is not delivered has been there, in milliseconds
 */
public record FileStatus(
        String path, State state, String reason, long sizeBytes, long readBytes, long deliveredBytes, long lagMillis) {

    /** How a file can be. */
    public enum State {
        /** What is in it is delivered, or about to be. */
        FOLLOWING,
        /** It has lost its name to a newer one, and is read to its end. */
        ROTATED,
        /** Lines in it have been waiting for longer than they should. */
        BEHIND,
        /** It is meant, but cannot be read. */
        UNREADABLE
    }

    /** Whether it is a file, and not what else a source may read. */
    public boolean isFile() {
        return path.startsWith("/");
    }

    /** The bytes that are not delivered; those of an unfinished last line included. */
    public long lagBytes() {
        return Math.max(0, sizeBytes - deliveredBytes);
    }

    /** The same file, now that it cannot be read. */
    FileStatus unreadable(String why) {
        return new FileStatus(path, State.UNREADABLE, why, sizeBytes, readBytes, deliveredBytes, lagMillis);
    }

    /** The same file, as two outputs see it. */
    FileStatus merge(FileStatus other) {
        FileStatus worse = other.state.compareTo(state) > 0 ? other : this;
        return new FileStatus(
                path,
                worse.state,
                worse.reason,
                Math.max(sizeBytes, other.sizeBytes),
                Math.max(readBytes, other.readBytes),
                Math.min(deliveredBytes, other.deliveredBytes),
                Math.max(lagMillis, other.lagMillis));
    }
}
