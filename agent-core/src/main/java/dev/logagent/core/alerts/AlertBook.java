package dev.logagent.core.alerts;

import dev.logagent.core.config.AlertsConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of findings: one is raised when it has been found for some time without a break, repeated now and then, and
 * cleared when it has not been found for some time. Safe for use by several threads.
 */
public final class AlertBook {

    private static final int MOST_REMEMBERED = 50;

    private AlertsConfig config;
    private final Map<Finding.Key, Entry> entries = new LinkedHashMap<>();
    private final Deque<Alert> recent = new ArrayDeque<>();

    /** A condition that is found now, or an alert that is raised. */
    private static final class Entry {
        private final long sinceMillis;
        private Alert alert;
        private boolean raised;
        private long toldMillis;
        private long calmMillis;

        Entry(Finding finding, long nowMillis) {
            sinceMillis = nowMillis;
            alert = new Alert(
                    finding.rule(),
                    finding.subject(),
                    finding.says(),
                    finding.value(),
                    finding.limit(),
                    nowMillis,
                    0,
                    0);
        }
    }

    public AlertBook(AlertsConfig config) {
        this.config = config;
    }

    /** Goes by another configuration from now on; alerts that are raised stay, for as long as they are found. */
    public synchronized void change(AlertsConfig next) {
        config = next;
    }

    /** Takes what was found at a moment, and gives what has changed by that. */
    synchronized List<AlertChange> update(List<Finding> findings, long nowMillis) {
        Map<Finding.Key, Finding> found = new HashMap<>();
        findings.forEach(finding -> found.put(finding.key(), finding));
        for (Finding finding : findings) {
            if (finding.broken()) {
                entries.computeIfAbsent(finding.key(), key -> new Entry(finding, nowMillis));
            }
        }
        List<AlertChange> changes = new ArrayList<>();
        Iterator<Map.Entry<Finding.Key, Entry>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Finding.Key, Entry> one = all.next();
            Entry entry = one.getValue();
            Finding finding = found.get(one.getKey());
            boolean over = entry.raised
                    ? isOver(entry, finding, nowMillis, changes)
                    : !isPending(entry, finding, nowMillis, changes);
            if (over) {
                all.remove();
            }
        }
        return changes;
    }

    /** Whether something that was found, but not for long enough yet, still counts. */
    private boolean isPending(Entry entry, @Nullable Finding finding, long nowMillis, List<AlertChange> changes) {
        if (finding == null || !finding.broken()) {
            return false;
        }
        if (nowMillis - entry.sinceMillis >= config.minDuration().toMillis()) {
            entry.raised = true;
            entry.toldMillis = nowMillis;
            entry.alert = new Alert(
                    finding.rule(),
                    finding.subject(),
                    finding.says(),
                    finding.value(),
                    finding.limit(),
                    entry.sinceMillis,
                    nowMillis,
                    0);
            changes.add(new AlertChange(AlertChange.Kind.RAISED, entry.alert));
        }
        return true;
    }

    /** Whether an alert is to be forgotten. */
    private boolean isOver(Entry entry, @Nullable Finding finding, long nowMillis, List<AlertChange> changes) {
        if (finding == null) {
            entry.calmMillis = entry.calmMillis == 0 ? nowMillis : entry.calmMillis;
            if (nowMillis - entry.calmMillis < config.clear().toMillis()) {
                return false;
            }
            Alert cleared = entry.alert.cleared(nowMillis);
            changes.add(new AlertChange(AlertChange.Kind.CLEARED, cleared));
            recent.addFirst(cleared);
            if (recent.size() > MOST_REMEMBERED) {
                recent.removeLast();
            }
            return true;
        }
        entry.calmMillis = 0;
        entry.alert = entry.alert.with(finding);
        long repeat = config.repeat().toMillis();
        if (repeat > 0 && nowMillis - entry.toldMillis >= repeat) {
            entry.toldMillis = nowMillis;
            changes.add(new AlertChange(AlertChange.Kind.REPEATED, entry.alert));
        }
        return false;
    }

    /** All alerts that are raised now, the worst first, then the oldest. */
    public synchronized List<Alert> active() {
        return entries.values().stream()
                .filter(entry -> entry.raised)
                .map(entry -> entry.alert)
                .sorted(Comparator.comparing((Alert alert) -> alert.rule().severity())
                        .thenComparingLong(Alert::raisedMillis))
                .toList();
    }

    /** The alerts that were cleared last, the newest first. */
    public synchronized List<Alert> recent() {
        return List.copyOf(recent);
    }
}
