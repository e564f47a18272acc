package dev.logagent.dist.console;

import dev.logagent.core.status.OutputStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the agent can do what it is there for.
 *
 * @param reasons why not; none if it can
 */
record Readiness(List<String> reasons) {

    static Readiness of(Snapshot now) {
        List<String> reasons = new ArrayList<>();
        if (!now.isStarted()) {
            reasons.add("starting");
        }
        if (now.draining()) {
            reasons.add("stopping: it reads no more, and delivers what is on its way");
        }
        for (OutputStatus output : now.outputs()) {
            if (!output.health().isDelivering()) {
                reasons.add("output " + output.name() + " does not deliver: "
                        + output.health().reason());
            }
            if (output.stateProblem() != null) {
                reasons.add("positions of output " + output.name() + " cannot be saved: " + output.stateProblem());
            }
        }
        return new Readiness(List.copyOf(reasons));
    }

    boolean isReady() {
        return reasons.isEmpty();
    }

    /** @param detailed whether the asker may know the reasons */
    Json json(boolean detailed) {
        Json json = new Json().object().field("status", isReady() ? "ready" : "not ready");
        if (detailed) {
            json.key("reasons").list();
            reasons.forEach(json::value);
            json.endList();
        }
        return json.endObject();
    }
}
