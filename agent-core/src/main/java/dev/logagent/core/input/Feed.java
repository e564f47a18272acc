package dev.logagent.core.input;

import java.io.IOException;

/** Where lines come from that are in no file. Everything but {@link #close} is called by one thread. */
public interface Feed {

    /**
     * Finds out where reading begins; called once, first.
     *
     * @throws IOException if the source cannot be read at all, with a message for the user: the agent does not start. What
     *     may mend itself is told as an event instead, and tried again by {@link #read}
     */
    default void open() throws IOException {}

    /**
     * Hands over what has come, and waits a moment for it if nothing has; not much longer than a tenth of a second, so that
     * a stop is soon noticed.
     *
     * @param finishing whether to end when everything is read that is there now
     * @return false if nothing will come any more
     */
    boolean read(boolean finishing, Handover to) throws InterruptedException;

    /** Lets go of everything; called by any thread, perhaps while another reads, and perhaps twice. */
    default void close() {}
}
