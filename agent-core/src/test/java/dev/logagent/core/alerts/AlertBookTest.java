package dev.logagent.core.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.alerts.AlertChange.Kind;
import dev.logagent.core.config.AlertsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlertBookTest {

    private static final long SECOND = 1000;

    private final AlertBook book = new AlertBook(AlertsConfig.DEFAULTS);
    private long now = 1_000_000;

    private static Finding queue(double value) {
        return Finding.measured(AlertRule.QUEUE_DEPTH, Subject.output("default"), value, 90, "has " + value);
    }

    private List<Kind> after(long seconds, Finding... findings) {
        now += seconds * SECOND;
        return book.update(List.of(findings), now).stream()
                .map(AlertChange::kind)
                .toList();
    }

    @Test
    void raisesWhatStaysAndNotWhatPasses() {
        assertThat(after(0, queue(95))).isEmpty();
        assertThat(after(29, queue(95))).isEmpty();
        assertThat(after(1)).isEmpty();
        assertThat(after(1, queue(95))).isEmpty();
        assertThat(book.active()).isEmpty();
        assertThat(after(30, queue(96))).containsExactly(Kind.RAISED);

        Alert alert = book.active().get(0);
        assertThat(alert.id()).isEqualTo("queue_depth:default");
        assertThat(alert.sentence()).isEqualTo("Output default has 96.0");
        assertThat(alert.raisedMillis() - alert.sinceMillis()).isEqualTo(30 * SECOND);
    }

    @Test
    void clearsOnlyWhenItHasBeenWellForSomeTime() {
        after(0, queue(95));
        assertThat(after(30, queue(95))).containsExactly(Kind.RAISED);

        assertThat(after(30)).isEmpty();
        assertThat(after(29)).isEmpty();
        assertThat(after(0, queue(85))).as("near the limit").isEmpty();
        assertThat(after(29)).isEmpty();
        assertThat(book.active()).hasSize(1);
        assertThat(after(29)).isEmpty();
        assertThat(after(1)).containsExactly(Kind.CLEARED);
        assertThat(book.active()).isEmpty();
        assertThat(book.recent())
                .singleElement()
                .satisfies(alert -> assertThat(alert.isActive()).isFalse());
    }

    @Test
    void whatIsOnlyNearItsLimitIsNotRaised() {
        after(0, queue(89));
        assertThat(after(60, queue(89))).isEmpty();
        after(0, queue(91));
        assertThat(after(60, queue(89))).isEmpty();
        assertThat(after(60, queue(89))).isEmpty();
    }

    @Test
    void repeatsNowAndThen() {
        after(0, queue(95));
        after(30, queue(95));
        assertThat(after(3599, queue(95))).isEmpty();
        assertThat(after(1, queue(97))).containsExactly(Kind.REPEATED);
        assertThat(after(3599, queue(95))).isEmpty();
        assertThat(after(1, queue(95))).containsExactly(Kind.REPEATED);
    }

    @Test
    void theWorstComeFirst() {
        Finding refused = Finding.of(AlertRule.OUTPUT_MISCONFIGURED, Subject.output("b"), "is refused");
        after(0, queue(95));
        after(1, queue(95), refused);
        after(60, queue(95), refused);
        assertThat(book.active())
                .extracting(Alert::rule)
                .containsExactly(AlertRule.OUTPUT_MISCONFIGURED, AlertRule.QUEUE_DEPTH);
    }

    @Test
    void whateverHappensEveryAlertIsRaisedOnceAndClearedOnce() {
        Random random = new Random(7);
        boolean raised = false;
        for (int i = 0; i < 20_000; i++) {
            Finding[] findings =
                    random.nextInt(10) < 5 ? new Finding[0] : new Finding[] {queue(80 + random.nextInt(20))};
            for (Kind kind : after(random.nextInt(20), findings)) {
                assertThat(kind == Kind.RAISED).isEqualTo(!raised);
                raised = kind != Kind.CLEARED;
            }
            assertThat(book.active().isEmpty()).isEqualTo(!raised);
        }
        assertThat(book.recent()).hasSizeBetween(1, 50);
    }

    @Test
    void changesAreTextsForPeople() {
        assertThat(Words.age(Duration.ofHours(3).toMillis() + 59_000)).isEqualTo("3 h 0 min");
        assertThat(Words.size(1_500_000)).isEqualTo("1.5 MB");
        assertThat(Words.size(999)).isEqualTo("999 bytes");
        assertThat(Words.percent(0.5)).isEqualTo("0.5 %");
    }
}
