package dev.logagent.core.journald;

import dev.logagent.core.events.AgentEvents;
import org.jspecify.annotations.Nullable;

/** Finds out what of the journal has gone unread, and tells of it. Confined to the source's thread. */
final class Gaps {

    private final String source;
    private final String journal;
    private final boolean seesAll;
    private final AgentEvents events;
    private @Nullable Cursor last;
    private @Nullable Cursor missed;

    /** @param seesAll whether every entry is read, so that a number that is left out means one that is missing */
    Gaps(String source, String journal, boolean seesAll, AgentEvents events) {
        this.source = source;
        this.journal = journal;
        this.seesAll = seesAll;
        this.events = events;
    }

    /**
     * Reading goes on after an entry.
     *
     * @param next the entry that is there now at this place, of whatever unit, or null if there is none
     * @return whether anything may have gone that was there
     */
    boolean onStart(Cursor from, @Nullable Cursor next) {
        last = from;
        if (next != null && next.text().equals(from.text())) {
            return false;
        }
        if (from.equals(missed)) {
            return true;
        }
        missed = from;
        long missing = next == null ? -1 : from.missingBefore(next);
        if (missing < 0) {
            tell(
                    0,
                    "the entries around the one that was read last are gone: the journal was vacuumed, deleted, or not kept"
                            + " over a boot; what was written after that cannot be counted");
        } else if (missing > 0) {
            tell(
                    missing,
                    "the journal was vacuumed before they were read"
                            + (seesAll ? "" : "; they may be of units that are not read"));
        }
        last = next;
        return true;
    }

    /** An entry has been read. */
    void onEntry(Cursor entry) {
        Cursor before = last;
        if (before != null && seesAll && before.missingBefore(entry) > 0) {
            tell(
                    before.missingBefore(entry),
                    "the journal leaves them out: they were vacuumed while reading was behind, or"
                            + " this user may not read them");
        }
        if (before != null && !before.boot().equals(entry.boot())) {
            events.inputNotice(source, journal, "here begins boot " + entry.boot());
        }
        last = entry;
    }

    private void tell(long records, String reason) {
        events.recordsLost(source, journal, records, reason);
    }
}
