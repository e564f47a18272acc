package dev.logagent.core.journald;

import dev.logagent.core.config.InputConfig.Journald;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tries whether a journal can be read. */
public final class JournalCheck {

    private JournalCheck() {}

    /** Why the journal cannot be read, for the user; null if it can. */
    public static @Nullable String faultOf(Journald journal) {
        try {
            new Journalctl(journal).last();
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
