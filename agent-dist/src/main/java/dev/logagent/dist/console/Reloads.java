package dev.logagent.dist.console;

import org.jspecify.annotations.Nullable;

/**
 * What became of changes of the configuration since the start.
 *
 * @param loadedMillis when the one that holds now was read, in milliseconds since the epoch
 * @param applied how often one was taken over
 * @param refused how often one was not
 * @param refusal why the last one was not, for as long as the files are not put right; else null
 */
public record Reloads(
        long loadedMillis,
        long applied,
        long refused,
        @Nullable Refusal refusal) {

    /** Why a change was not taken over, and when, in milliseconds since the epoch. */
    public record Refusal(String reason, long atMillis) {}

    /** Before the first change. */
    public static Reloads none(long loadedMillis) {
        return new Reloads(loadedMillis, 0, 0, null);
    }

    /** After one that was taken over. */
    public Reloads andApplied(long atMillis) {
        return new Reloads(atMillis, applied + 1, refused, null);
    }

    /** After one that changes nothing: what was wrong has been put right. */
    public Reloads andUnchanged() {
        return new Reloads(loadedMillis, applied, refused, null);
    }

    /** After one that was not taken over. */
    public Reloads andRefused(String reason, long atMillis) {
        return new Reloads(loadedMillis, applied, refused + 1, new Refusal(reason, atMillis));
    }
}
