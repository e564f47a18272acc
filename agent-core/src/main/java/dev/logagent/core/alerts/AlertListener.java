package dev.logagent.core.alerts;

/** Is told what becomes of alerts, on the watchdog's thread: must return soon. */
@FunctionalInterface
public interface AlertListener {

    /** An alert was raised, is active still, or was cleared. */
    void changed(AlertChange change);
}
