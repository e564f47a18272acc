package dev.logagent.core.alerts;

import java.util.Locale;

/** What became of an alert. */
public record AlertChange(Kind kind, Alert alert) {

    /** What can become of it. */
    public enum Kind {
        RAISED,
        /** It has been active for long, and is told of again. */
        REPEATED,
        CLEARED;

        /** The name that programs see. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
