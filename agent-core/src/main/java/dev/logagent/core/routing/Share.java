package dev.logagent.core.routing;

import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import java.util.Map;
import java.util.Set;

/**
 * Which events of a source are for an output. Immutable.
 *
 * @param ofServices the levels of events of services that routes tell apart; empty where they tell none apart
 * @param ofOthers the levels of all other events
 */
public record Share(Map<String, Set<Level>> ofServices, Set<Level> ofOthers) {

    public Share {
        ofServices = Map.copyOf(ofServices);
        ofOthers = Set.copyOf(ofOthers);
    }

    /** Whether no event is for the output. */
    public boolean isNothing() {
        return ofOthers.isEmpty() && ofServices.values().stream().allMatch(Set::isEmpty);
    }

    /** Whether every event is for the output. */
    public boolean isEverything() {
        return isEveryLevel(ofOthers) && ofServices.values().stream().allMatch(Share::isEveryLevel);
    }

    /** Whether a line of the source is for the output. */
    boolean has(LineRun run, int line) {
        Set<Level> levels =
                ofServices.isEmpty() ? ofOthers : ofServices.getOrDefault(new LogEvent(run, line).service(), ofOthers);
        return levels.contains(run.level(line));
    }

    private static boolean isEveryLevel(Set<Level> levels) {
        return levels.size() == Level.values().length;
    }
}
