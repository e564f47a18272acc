package dev.logagent.dist.console;

import dev.logagent.core.alerts.Alert;
import dev.logagent.dist.alerts.AlertJson;
import dev.logagent.dist.alerts.NotifierStatus;
import dev.logagent.dist.alerts.Vigil;
import java.util.List;

/** The agent's alerts, and whether it lives, as JSON documents. */
final class AlertsJson {

    private AlertsJson() {}

    /** What {@code /api/alerts} answers. */
    static Json alerts(Vigil vigil, long nowMillis) {
        Json json = new Json().object().time("at", nowMillis).key("alerts");
        list(json, vigil.active());
        json.key("recent");
        list(json, vigil.recent());
        json.key("notifications").list();
        for (NotifierStatus way : vigil.notifiers()) {
            json.object()
                    .field("way", way.way())
                    .field("told", way.told())
                    .field("failed", way.failed())
                    .field("waiting", way.waiting())
                    .field("problem", way.problem())
                    .endObject();
        }
        return json.endList().endObject();
    }

    static void list(Json json, List<Alert> alerts) {
        json.list();
        alerts.forEach(alert -> json.raw(AlertJson.of(alert)));
        json.endList();
    }

    /**
     * What {@code /health/live} answers.
     *
     * @param reasons why it is to be taken for dead; empty if it is not
     * @param detailed whether the asker may know the reasons
     */
    static Answer live(List<String> reasons, boolean detailed) {
        Json json = new Json().object().field("status", reasons.isEmpty() ? "live" : "stuck");
        if (detailed && !reasons.isEmpty()) {
            json.key("reasons").list();
            reasons.forEach(json::value);
            json.endList();
        }
        return Answer.json(reasons.isEmpty() ? 200 : 503, json.endObject());
    }
}
