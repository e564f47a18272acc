package dev.logagent.core.alerts;

import java.util.Locale;

/** What an alert can be about. */
public enum AlertRule {
    /** A worker has been at one thing for too long. */
    WORKER_STUCK(Severity.ERROR),
    /** A destination refuses for a reason that only the operator can mend: credentials, address, certificate. */
    OUTPUT_MISCONFIGURED(Severity.ERROR),
    /** A destination takes no batches. */
    OUTPUT_FAILING(Severity.ERROR),
    /** Too many attempts to send fail, though others succeed. */
    ERROR_RATE(Severity.WARNING),
    /** Too much is on its way. */
    QUEUE_DEPTH(Severity.WARNING),
    /** A line has waited for too long to be delivered. */
    UNDELIVERED_LINE(Severity.WARNING),
    /** The spool is nearly full, or cannot be used. */
    SPOOL_USE(Severity.WARNING),
    /** The disk that holds positions, spool and dead letters is nearly full. */
    DISK_USE(Severity.WARNING),
    /** Positions cannot be saved. */
    STATE_NOT_SAVED(Severity.ERROR),
    /** Events that were refused for good wait for somebody to look at them. */
    DEAD_LETTERS(Severity.WARNING),
    /** Lines were lost: bytes that vanished before they were read, or events dropped for room. */
    LINES_LOST(Severity.ERROR),
    /** Files that are meant cannot be read. */
    UNREADABLE_FILE(Severity.ERROR),
    /** A source that had files has none any more. */
    VANISHED_FILE(Severity.WARNING),
    /** A source has written nothing for too long. */
    SILENT_SOURCE(Severity.WARNING),
    /** The agent takes more memory than it should. */
    MEMORY(Severity.WARNING);

    private final Severity severity;

    AlertRule(Severity severity) {
        this.severity = severity;
    }

    /** How bad it is when the rule is broken. */
    public Severity severity() {
        return severity;
    }

    /** The name that programs see, such as {@code queue_depth}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How bad something is, the worst first. */
    public enum Severity {
        /** Lines do not arrive, or are lost. */
        ERROR,
        /** Somebody should look at it before that happens. */
        WARNING;

        /** The name that programs see. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
