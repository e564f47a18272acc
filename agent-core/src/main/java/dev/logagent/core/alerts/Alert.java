package dev.logagent.core.alerts;

/**
 * Something that the operator should know of. Immutable; times are milliseconds since the epoch.
 *
 * @param says what is wrong and what to do, in one or two sentences that do not name the subject
 * @param value what was measured last, in the unit of the limit
 * @param limit what it should not exceed; 0 where there is no number to compare with
 * @param sinceMillis since when it has been so
 * @param raisedMillis when it was raised
 * @param clearedMillis when it was cleared; 0 while it is active
 */
public record Alert(
        AlertRule rule,
        Subject subject,
        String says,
        double value,
        double limit,
        long sinceMillis,
        long raisedMillis,
        long clearedMillis) {

    /** The same for as long as the alert is active; another one may have it later. */
    public String id() {
        return rule.key() + ":" + subject.name();
    }

    public boolean isActive() {
        return clearedMillis == 0;
    }

    /** The whole sentence, such as {@code Output default does not deliver: …}. */
    public String sentence() {
        String who = switch (subject.kind()) {
            case AGENT -> "The agent";
            case OUTPUT -> "Output " + subject.name();
            case SOURCE -> "Source " + subject.name();
            case WORKER -> "Worker " + subject.name();
        };
        return who + " " + says;
    }

    /** The same with what was found now. */
    Alert with(Finding finding) {
        return new Alert(rule, subject, finding.says(), finding.value(), finding.limit(), sinceMillis, raisedMillis, 0);
    }

    Alert cleared(long nowMillis) {
        return new Alert(rule, subject, says, value, limit, sinceMillis, raisedMillis, nowMillis);
    }
}
