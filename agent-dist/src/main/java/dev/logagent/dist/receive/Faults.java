package dev.logagent.dist.receive;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the receiver misbehaves.
 *
 * @param status the answer to requests that are to fail, or 0 when none is
 * @param every fails each request whose number is a multiple of it; 0 for not so
 * @param first fails the first requests, this many; 0 for not so
 * @param delay waits that long before each answer
 * @param retryAfterSeconds what {@code Retry-After} says on a failure, or null to leave it out
 */
public record Faults(
        int status,
        int every,
        int first,
        Duration delay,
        @Nullable Integer retryAfterSeconds) {

    /** No misbehaviour. */
    public static final Faults NONE = new Faults(0, 0, 0, Duration.ZERO, null);

    /** Whether the request of that number, counted from 1, fails: all do if only the status is given. */
    boolean hits(long request) {
        if (status == 0) {
            return false;
        }
        if (every == 0 && first == 0) {
            return true;
        }
        return request <= first || (every > 0 && request % every == 0);
    }
}
