package dev.logagent.core.alerts;

import dev.logagent.core.config.AlertsConfig;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.SourceStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What can be wrong with one source. Remembers what it compares with; for use in one thread. */
final class SourceRules {

    private static final int NAMED = 3;

    private final AlertsConfig config;
    private final Growth lines = new Growth();
    private final Growth losses = new Growth();
    private final Set<String> hadFiles = new HashSet<>();

    SourceRules(AlertsConfig config) {
        this.config = config;
    }

    void judge(SourceStatus source, long nowMillis, List<Finding> findings) {
        Subject subject = Subject.source(source.name());
        undelivered(source, subject, findings);
        files(source, subject, findings);
        lost(source, subject, nowMillis, findings);
        silent(source, subject, nowMillis, findings);
    }

    private void undelivered(SourceStatus source, Subject subject, List<Finding> findings) {
        double age = source.lagMillis() / 1e3;
        double limit = config.undelivered().toMillis() / 1e3;
        if (Finding.isNear(age, limit)) {
            findings.add(Finding.measured(
                    AlertRule.UNDELIVERED_LINE,
                    subject,
                    age,
                    limit,
                    "is behind: its oldest line that is not delivered is " + Words.age(source.lagMillis()) + " old, "
                            + Words.size(source.lagBytes()) + " wait."));
        }
    }

    private void files(SourceStatus source, Subject subject, List<Finding> findings) {
        List<FileStatus> unreadable = source.files().stream()
                .filter(file -> file.state() == FileStatus.State.UNREADABLE)
                .toList();
        if (config.unreadableFiles() && !unreadable.isEmpty()) {
            StringBuilder named = new StringBuilder();
            for (FileStatus file : unreadable.subList(0, Math.min(NAMED, unreadable.size()))) {
                named.append(named.isEmpty() ? "" : ", ").append(file.path());
                named.append(" (").append(file.reason()).append(')');
            }
            int more = unreadable.size() - NAMED;
            findings.add(Finding.of(
                    AlertRule.UNREADABLE_FILE,
                    subject,
                    "has " + Words.counted(unreadable.size(), "file", "files") + " that cannot be read: " + named
                            + (more > 0 ? " and " + more + " more" : "") + "."));
        }
        if (!source.files().isEmpty()) {
            hadFiles.add(source.name());
        } else if (config.vanishedFiles() && hadFiles.contains(source.name())) {
            findings.add(Finding.of(
                    AlertRule.VANISHED_FILE,
                    subject,
                    "has no file any more: nothing matches " + String.join(", ", source.patterns()) + "."));
        }
    }

    private void lost(SourceStatus source, Subject subject, long nowMillis, List<Finding> findings) {
        long bytes = sum(source.counters().lostBytes());
        long records = sum(source.counters().lostRecords());
        if (losses.hasGrown(source.name(), bytes + records, nowMillis, OutputRules.LOSS_TOLD_MILLIS)) {
            Set<String> reasons = new TreeSet<>(source.counters().lostBytes().keySet());
            reasons.addAll(source.counters().lostRecords().keySet());
            String lost = bytes > 0 ? Words.size(bytes) : Words.counted(records, "message", "messages");
            findings.add(Finding.of(
                    AlertRule.LINES_LOST,
                    subject,
                    "has lost " + lost + " since the start, because: " + String.join("; ", reasons) + "."));
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void silent(SourceStatus source, Subject subject, long nowMillis, List<Finding> findings) {
        long silent = lines.millisAgo(source.name(), source.counters().lines(), nowMillis);
        double limit = config.silent().toMillis() / 1e3;
        // What waits in its files is not silence, but another alert.
        if (limit > 0 && silent / 1e3 > limit && source.lagMillis() == 0 && config.isSilenceTold(source.name())) {
            findings.add(Finding.measured(
                    AlertRule.SILENT_SOURCE,
                    subject,
                    silent / 1e3,
                    limit,
                    "has been silent for " + Words.age(silent) + ". Does what writes it still run?"));
        }
    }
}
