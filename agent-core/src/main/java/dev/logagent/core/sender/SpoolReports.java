package dev.logagent.core.sender;

import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.nio.file.Path;

/** Tells what happens to the spool once for each change of state. Confined to one thread. */
final class SpoolReports {

    private final Path folder;
    private final AgentEvents events;
    private boolean inUse;
    private boolean full;
    private boolean failing;

    SpoolReports(Path folder, AgentEvents events) {
        this.folder = folder;
        this.events = events;
    }

    void found(long batches, long bytes) {
        inUse = true;
        events.spoolFound(folder, batches, bytes);
    }

    /** @param written whether anything was written: then it is not full */
    void filling(boolean written) {
        if (written && !inUse) {
            inUse = true;
            events.spoolFilling(folder);
        }
        full &= !written;
    }

    void full(long bytes) {
        if (!full) {
            full = true;
            events.spoolFull(bytes);
        }
    }

    void drained() {
        if (inUse) {
            inUse = false;
            events.spoolDrained();
        }
    }

    void fails(IOException reason) {
        if (!failing) {
            failing = true;
            events.spoolFailing(folder, String.valueOf(reason.getMessage()));
        }
    }

    void works() {
        if (failing) {
            failing = false;
            events.spoolWorksAgain();
        }
    }
}
