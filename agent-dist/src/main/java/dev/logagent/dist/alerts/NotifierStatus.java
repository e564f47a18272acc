package dev.logagent.dist.alerts;

import org.jspecify.annotations.Nullable;

/**
 * How a way to tell of alerts does.
 *
 * @param way {@code webhook} or {@code command}
 * @param told changes that were told
 * @param failed changes that were given up
 * @param waiting changes that are still to be told
 * @param problem why the last attempt failed; null if it did not
 */
public record NotifierStatus(
        String way,
        long told,
        long failed,
        int waiting,
        @Nullable String problem) {}
