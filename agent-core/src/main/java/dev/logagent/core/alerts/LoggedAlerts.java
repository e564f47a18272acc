package dev.logagent.core.alerts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line to the log for each change. Safe for use by several threads. */
public final class LoggedAlerts implements AlertListener {

    private static final Logger LOG = LoggerFactory.getLogger("alerts");

    @Override
    public void changed(AlertChange change) {
        Alert alert = change.alert();
        String rule = alert.rule().key();
        switch (change.kind()) {
            case RAISED -> tell(alert, "ALERT {}: {}");
            case REPEATED -> tell(alert, "still ALERT {}: {}");
            case CLEARED ->
                LOG.info(
                        "cleared {} of {} after {}",
                        rule,
                        alert.subject().kind().key() + " " + alert.subject().name(),
                        Words.age(alert.clearedMillis() - alert.sinceMillis()));
        }
    }

    private static void tell(Alert alert, String format) {
        if (alert.rule().severity() == AlertRule.Severity.ERROR) {
            LOG.error(format, alert.rule().key(), alert.sentence());
        } else {
            LOG.warn(format, alert.rule().key(), alert.sentence());
        }
    }
}
