package dev.logagent.core.config;

/**
 * What may pile up in the agent.
 *
 * @param maxMemoryBytes how many bytes of lines may be on their way at once, from reading to the destination's word
 * @param maxDiskBytes how many bytes the spool may take up; 0 for no spool
 * @param onFull what to do when both are used up
 */
public record BufferConfig(long maxMemoryBytes, long maxDiskBytes, OnFull onFull) {

    /** What to do when there is no room. */
    public enum OnFull {
        /** Stop reading: the log files are the buffer. */
        BLOCK,
        /** Give up the oldest events, and count them. */
        DROP_OLDEST
    }

    /** What one of several outputs may use. */
    public BufferConfig share(int outputs) {
        return new BufferConfig(maxMemoryBytes / outputs, maxDiskBytes / outputs, onFull);
    }
}
