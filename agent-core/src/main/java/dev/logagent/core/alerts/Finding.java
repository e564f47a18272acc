package dev.logagent.core.alerts;

/**
 * A rule that is broken, or nearly so.
 *
 * @param broken whether the limit is exceeded; if not, the value is so close to it that an alert that is raised already
 *     stays so
 * @param says what is wrong and what to do, as a sentence without its subject
 * @param value what was measured, in the unit of the limit
 * @param limit what it should not exceed; 0 where there is no number to compare with
 */
record Finding(AlertRule rule, Subject subject, boolean broken, String says, double value, double limit) {

    /** An alert that is raised stays so until the value is this much below the limit. */
    private static final double CALM_SHARE = 0.9;

    /** Something that is so or not. */
    static Finding of(AlertRule rule, Subject subject, String says) {
        return new Finding(rule, subject, true, says, 0, 0);
    }

    /** Something measured that is near the limit or beyond it. */
    static boolean isNear(double value, double limit) {
        return limit > 0 && value > CALM_SHARE * limit;
    }

    static Finding measured(AlertRule rule, Subject subject, double value, double limit, String says) {
        return new Finding(rule, subject, value > limit, says, value, limit);
    }

    /** What tells it from others. */
    Key key() {
        return new Key(rule, subject);
    }

    record Key(AlertRule rule, Subject subject) {}
}
