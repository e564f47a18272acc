package dev.logagent.core.input;

import dev.logagent.core.runtime.FatalError;
import java.io.IOException;
import java.time.Duration;

/**
 * A source that is being read, on threads of its own. The life of one: start, await ready, (positions are saved,) begin
 * reading, finish or stop, await the end. Safe for use by several threads.
 */
public interface Input {

    /** The name of the source. */
    String source();

    /** Reads nothing for a while, or goes on reading. */
    void pause(boolean isPaused);

    /** How many bytes were, a moment ago, unread in files that were deleted: only this can read them. */
    default long unreadBytesOfDeleted() {
        return 0;
    }

    /** Starts the thread; it finds out where reading begins, and waits. */
    void start(FatalError fatal);

    /**
     * Waits until it is known where reading begins.
     *
     * @throws IOException if the source cannot be read at all, with a message for the user: the agent does not start
     */
    void awaitReady() throws IOException, InterruptedException;

    /** Lets the thread go on to reading: where that begins is safely remembered now. */
    void beginReading();

    /** Reads everything that is there, unfinished last lines included, and ends. */
    void finish();

    /** Ends as soon as possible. What has not been handed over is read at the next start, where it can be. */
    void stop();

    /** Waits for the end. Gives whether it has come. */
    boolean awaitEnd(Duration timeout) throws InterruptedException;
}
