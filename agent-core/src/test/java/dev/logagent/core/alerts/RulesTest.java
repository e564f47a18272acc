package dev.logagent.core.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.config.AlertsConfig;
import dev.logagent.core.runtime.Workers;
import dev.logagent.core.status.FileStatus;
import dev.logagent.core.status.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RulesTest {

    private final Readings now = new Readings();
    private final Rules rules = new Rules(AlertsConfig.DEFAULTS);

    private List<AlertRule> broken() {
        return rules.judge(now.reading()).stream()
                .filter(Finding::broken)
                .map(Finding::rule)
                .toList();
    }

    private String says() {
        return String.join(
                "\n", rules.judge(now.reading()).stream().map(Finding::says).toList());
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(rules.judge(now.reading())).isEmpty();
        now.later(Duration.ofHours(5));
        assertThat(rules.judge(now.reading())).isEmpty();
    }

    @Test
    void tellsADestinationThatIsAwayFromOneThatRefuses() {
        now.health = new Health(Health.State.RETRYING, "Connection refused", 1);
        assertThat(broken()).containsExactly(AlertRule.OUTPUT_FAILING);

        now.health = new Health(Health.State.REFUSED, "401 Unauthorized", 1);
        assertThat(broken()).containsExactly(AlertRule.OUTPUT_MISCONFIGURED);
        assertThat(says()).contains("401 Unauthorized", "credentials");

        now.health = new Health(
                Health.State.RETRYING, "PKIX path building failed: unable to find valid certification path", 1);
        assertThat(broken()).containsExactly(AlertRule.OUTPUT_MISCONFIGURED);
    }

    @Test
    void countsFailedAttemptsOfTheLastMinute() {
        now.delivered = 1000;
        broken();
        now.later(Duration.ofSeconds(30)).delivered += 90;
        now.failed = 10;
        assertThat(broken()).containsExactly(AlertRule.ERROR_RATE);
        assertThat(says()).contains("10 % of its attempts");

        now.later(Duration.ofSeconds(61)).delivered += 100;
        broken();
        now.later(Duration.ofSeconds(61)).delivered += 100;
        assertThat(broken()).isEmpty();
    }

    @Test
    void aFewAttemptsSayNothing() {
        broken();
        now.later(Duration.ofSeconds(1)).failed = 5;
        assertThat(broken()).isEmpty();
    }

    @Test
    void watchesQueueSpoolAndDisk() {
        now.memoryUsed = 950;
        assertThat(broken()).containsExactly(AlertRule.QUEUE_DEPTH);
        now.memoryUsed = 0;
        now.batches = 10;
        assertThat(broken()).containsExactly(AlertRule.QUEUE_DEPTH);
        now.batches = 0;
        now.spoolBytes = 900;
        assertThat(broken()).containsExactly(AlertRule.SPOOL_USE);
        now.spoolBytes = 0;
        now.spoolProblem = "No space left on device";
        assertThat(says()).contains("No space left");
        now.spoolProblem = null;
        now.diskFree = 50;
        assertThat(broken()).containsExactly(AlertRule.DISK_USE);
        assertThat(says()).contains("only 50 bytes left on the disk of /state");
    }

    @Test
    void aValueJustBelowItsLimitKeepsAnAlertButRaisesNone() {
        now.memoryUsed = 85;
        assertThat(rules.judge(now.reading())).isEmpty();
        now.memoryUsed = 850;
        assertThat(rules.judge(now.reading()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.broken()).isFalse());
    }

    @Test
    void watchesFiles() {
        now.file(FileStatus.State.UNREADABLE, "permission denied", 0);
        assertThat(broken()).containsExactly(AlertRule.UNREADABLE_FILE);
        assertThat(says()).contains("1 file", "/var/log/app.log (permission denied)");

        now.file(FileStatus.State.BEHIND, "", 61_000);
        assertThat(broken()).containsExactly(AlertRule.UNDELIVERED_LINE);
        assertThat(says()).contains("1 min 1 s old");

        now.files.clear();
        assertThat(broken()).containsExactly(AlertRule.VANISHED_FILE);
        assertThat(says()).contains("/var/log/app*.log");
    }

    @Test
    void whatWaitsInTheSpoolIsNotDelivered() {
        now.spoolSince = now.atMillis - 61_000;
        now.spoolBytes = 100;
        assertThat(broken()).containsExactly(AlertRule.UNDELIVERED_LINE);
        assertThat(says()).contains("in its spool for 1 min 1 s", "100 bytes");
    }

    @Test
    void aSourceThatNeverHadAFileHasLostNone() {
        now.files.clear();
        assertThat(broken()).isEmpty();
    }

    @Test
    void tellsOfLossesForAWhile() {
        now.lost = Map.of("truncated", 100L);
        now.dropped = 7;
        assertThat(broken()).containsExactly(AlertRule.LINES_LOST, AlertRule.LINES_LOST);
        assertThat(says()).contains("dropped 7 events", "lost 100 bytes", "truncated");
        now.later(Duration.ofMinutes(11));
        assertThat(broken()).isEmpty();
        now.lost = Map.of("truncated", 101L);
        assertThat(broken()).containsExactly(AlertRule.LINES_LOST);
    }

    @Test
    void tellsOfDeadLettersForAsLongAsTheyAreThere() {
        now.deadLetterBytes = 10;
        assertThat(broken()).containsExactly(AlertRule.DEAD_LETTERS);
        now.later(Duration.ofDays(1));
        assertThat(broken()).containsExactly(AlertRule.DEAD_LETTERS);
        now.deadLetterBytes = 0;
        assertThat(broken()).isEmpty();
    }

    @Test
    void watchesMemoryAndWorkersAndState() {
        now.resident = 300L << 20;
        assertThat(broken()).containsExactly(AlertRule.MEMORY);
        now.resident = 1;
        now.busy.add(new Workers.Busy("sender-1", Duration.ofSeconds(121)));
        now.busy.add(new Workers.Busy("aggregator", Duration.ofSeconds(1)));
        assertThat(broken()).containsExactly(AlertRule.WORKER_STUCK);
        now.busy.clear();
        now.stateProblem = "No space left on device";
        assertThat(broken()).containsExactly(AlertRule.STATE_NOT_SAVED);
    }

    @Test
    void tellsOfSilenceOnlyWhereItIsAsked() {
        AlertsConfig all = AlertsConfig.DEFAULTS;
        Rules strict = new Rules(new AlertsConfig(
                true,
                all.minDuration(),
                all.clear(),
                all.repeat(),
                0,
                0,
                Duration.ZERO,
                0,
                0,
                Duration.ofMinutes(5),
                List.of("a*"),
                false,
                false,
                false,
                0,
                Duration.ZERO));
        now.lines = 1;
        assertThat(strict.judge(now.reading())).isEmpty();
        now.later(Duration.ofMinutes(6));
        assertThat(strict.judge(now.reading()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo(AlertRule.SILENT_SOURCE));
        now.lines = 2;
        assertThat(strict.judge(now.reading())).isEmpty();
    }

    @Test
    void aLimitOfZeroTurnsARuleOff() {
        Rules off = new Rules(new AlertsConfig(
                true,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                0,
                0,
                Duration.ZERO,
                0,
                0,
                Duration.ZERO,
                List.of("*"),
                false,
                false,
                false,
                0,
                Duration.ZERO));
        now.memoryUsed = 1000;
        now.spoolBytes = 1000;
        now.diskFree = 0;
        now.deadLetterBytes = 5;
        now.resident = Long.MAX_VALUE;
        now.busy.add(new Workers.Busy("sender-1", Duration.ofDays(1)));
        now.file(FileStatus.State.UNREADABLE, "x", 1_000_000);

        assertThat(off.judge(now.reading())).isEmpty();
    }
}
