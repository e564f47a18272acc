package dev.logagent.core.alerts;

import dev.logagent.core.config.AlertsConfig;
import dev.logagent.core.config.BufferConfig;
import dev.logagent.core.status.Gauges;
import dev.logagent.core.status.Health;
import dev.logagent.core.status.OutputStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What can be wrong on the way to one destination. Remembers what it compares with; for use in one thread. */
final class OutputRules {

    /** Lost is lost: told for so long after it has happened. */
    static final long LOSS_TOLD_MILLIS = Duration.ofMinutes(10).toMillis();

    /** How the JDK and its libraries speak of certificates. */
    private static final Pattern CERTIFICATE =
            Pattern.compile("certificate|certpath|PKIX|hostname .* not verified", Pattern.CASE_INSENSITIVE);

    private final AlertsConfig config;
    private final Map<String, FailureShare> failures = new HashMap<>();
    private final Growth growth = new Growth();

    OutputRules(AlertsConfig config) {
        this.config = config;
    }

    /** @param share what each output may pile up */
    void judge(OutputStatus output, BufferConfig share, long nowMillis, List<Finding> findings) {
        Subject subject = Subject.output(output.name());
        health(output, subject, nowMillis, findings);
        room(output, share, subject, nowMillis, findings);
        if (output.stateProblem() != null) {
            findings.add(Finding.of(
                    AlertRule.STATE_NOT_SAVED,
                    subject,
                    "cannot save its positions: " + output.stateProblem() + ". A restart would send lines again."));
        }
        deadLetters(output.deadLetters(), subject, findings);
        long dropped = output.spool().eventsDropped();
        if (growth.hasGrown(output.name(), dropped, nowMillis, LOSS_TOLD_MILLIS)) {
            findings.add(Finding.of(
                    AlertRule.LINES_LOST,
                    subject,
                    "has dropped " + Words.counted(dropped, "event", "events")
                            + " since the start: there was no room, and on_full is drop_oldest."));
        }
    }

    private void health(OutputStatus output, Subject subject, long nowMillis, List<Finding> findings) {
        Health health = output.health();
        double failed = failures.computeIfAbsent(output.name(), name -> new FailureShare())
                .percent(output.attempts(), nowMillis);
        if (health.isDelivering()) {
            if (Finding.isNear(failed, config.errorPercent())) {
                findings.add(Finding.measured(
                        AlertRule.ERROR_RATE,
                        subject,
                        failed,
                        config.errorPercent(),
                        "fails in " + Words.percent(failed) + " of its attempts (limit "
                                + Words.percent(config.errorPercent())
                                + "). Nothing is lost: it is tried again, or kept as a dead letter."));
            }
            return;
        }
        boolean misconfigured = health.state() == Health.State.REFUSED
                || CERTIFICATE.matcher(health.reason()).find();
        findings.add(
                misconfigured
                        ? Finding.of(
                                AlertRule.OUTPUT_MISCONFIGURED,
                                subject,
                                "is refused: " + health.reason()
                                        + ". Check end_point, credentials and certificates; nothing is lost, it is retried"
                                        + " slowly.")
                        : Finding.of(
                                AlertRule.OUTPUT_FAILING,
                                subject,
                                "does not deliver: " + health.reason() + ". Nothing is lost, it is retried."));
    }

    private void room(
            OutputStatus output, BufferConfig share, Subject subject, long nowMillis, List<Finding> findings) {
        Gauges gauges = output.queue().gauges();
        double memory = share(gauges.memoryUsedBytes(), gauges.memoryMaxBytes());
        double batches = share(gauges.batches(), gauges.batchCapacity());
        double queue = Math.max(memory, batches);
        if (Finding.isNear(queue, config.queuePercent())) {
            findings.add(Finding.measured(
                    AlertRule.QUEUE_DEPTH,
                    subject,
                    queue,
                    config.queuePercent(),
                    "has " + Words.percent(queue) + " of its queue in use: "
                            + output.queue().events() + " lines, " + Words.size(gauges.memoryUsedBytes())
                            + ". Its destination is slower than the files grow."));
        }
        if (output.spoolProblem() != null) {
            findings.add(
                    Finding.of(AlertRule.SPOOL_USE, subject, "cannot use its spool: " + output.spoolProblem() + "."));
            return;
        }
        double age = output.spoolAgeMillis(nowMillis) / 1e3;
        double oldest = config.undelivered().toMillis() / 1e3;
        if (Finding.isNear(age, oldest)) {
            findings.add(Finding.measured(
                    AlertRule.UNDELIVERED_LINE,
                    subject,
                    age,
                    oldest,
                    "has kept lines in its spool for " + Words.age((long) (age * 1e3)) + ": "
                            + Words.size(output.spool().bytes()) + " wait on disk to be delivered."));
        }
        double spool = share(output.spool().bytes(), share.maxDiskBytes());
        if (Finding.isNear(spool, config.spoolPercent())) {
            findings.add(Finding.measured(
                    AlertRule.SPOOL_USE,
                    subject,
                    spool,
                    config.spoolPercent(),
                    "has " + Words.percent(spool) + " of its spool in use: "
                            + Words.size(output.spool().bytes())
                            + " wait on disk. When it is full, "
                            + (share.onFull() == BufferConfig.OnFull.BLOCK
                                    ? "reading waits."
                                    : "the oldest lines are dropped.")));
        }
    }

    private static double share(long used, long max) {
        return max <= 0 ? 0 : 100.0 * used / max;
    }

    private void deadLetters(OutputStatus.DeadLetters dead, Subject subject, List<Finding> findings) {
        if (!config.deadLetters()) {
            return;
        }
        if (dead.problem() != null) {
            findings.add(Finding.of(
                    AlertRule.DEAD_LETTERS, subject, "cannot write its dead letters: " + dead.problem() + "."));
        } else if (dead.bytes() > 0) {
            String because = dead.lastReason() == null ? "" : "; the last one because: " + dead.lastReason();
            findings.add(Finding.of(
                    AlertRule.DEAD_LETTERS,
                    subject,
                    "has events that were refused for good (" + Words.size(dead.bytes()) + " on disk, " + dead.events()
                            + " since the start" + because + "). See log-agent dead-letter list, then replay."));
        }
    }
}
