package dev.logagent.dist.alerts;

import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.Rfc3339;
import dev.logagent.core.alerts.Alert;
import dev.logagent.core.alerts.AlertChange;
import java.nio.charset.StandardCharsets;

/** Alerts as JSON: the same for the dashboard, the webhook and the command. */
public final class AlertJson {

    private AlertJson() {}

    /** One alert. */
    public static byte[] of(Alert alert) {
        JsonBuffer out = new JsonBuffer(512);
        write(out, alert);
        return out.toByteArray();
    }

    /** What became of an alert, with a sentence for people under {@code text}. */
    static byte[] of(AlertChange change, String agentName) {
        JsonBuffer out = new JsonBuffer(1024);
        out.raw('{');
        text(out, "text", text(change, agentName)).raw(',');
        text(out, "change", change.kind().key()).raw(',');
        text(out, "agent", agentName).raw(',');
        out.string("alert").raw(':');
        write(out, change.alert());
        return out.raw('}').toByteArray();
    }

    private static String text(AlertChange change, String agentName) {
        Alert alert = change.alert();
        String how = switch (change.kind()) {
            case RAISED -> "ALERT";
            case REPEATED -> "STILL";
            case CLEARED -> "CLEARED";
        };
        return how + " (" + alert.rule().severity().key() + ") on " + agentName + ": " + alert.sentence();
    }

    private static void write(JsonBuffer out, Alert alert) {
        out.raw('{');
        text(out, "id", alert.id()).raw(',');
        text(out, "rule", alert.rule().key()).raw(',');
        text(out, "severity", alert.rule().severity().key()).raw(',');
        text(out, "state", alert.isActive() ? "active" : "cleared").raw(',');
        text(out, "about", alert.subject().kind().key()).raw(',');
        text(out, "name", alert.subject().name()).raw(',');
        text(out, "message", alert.sentence()).raw(',');
        if (alert.limit() > 0) {
            number(out, "value", alert.value()).raw(',');
            number(out, "limit", alert.limit()).raw(',');
        }
        text(out, "since", Rfc3339.format(alert.sinceMillis())).raw(',');
        text(out, "raised_at", Rfc3339.format(alert.raisedMillis()));
        if (!alert.isActive()) {
            text(out.raw(','), "cleared_at", Rfc3339.format(alert.clearedMillis()));
        }
        out.raw('}');
    }

    private static JsonBuffer text(JsonBuffer out, String name, String value) {
        return out.string(name).raw(':').string(value);
    }

    private static JsonBuffer number(JsonBuffer out, String name, double value) {
        double rounded = Math.rint(value * 1e3) / 1e3;
        String text = rounded == (long) rounded ? Long.toString((long) rounded) : Double.toString(rounded);
        return out.string(name).raw(':').raw(text.getBytes(StandardCharsets.US_ASCII));
    }
}
