package dev.logagent.core.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.core.config.AlertsConfig;
import dev.logagent.core.status.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WatchdogTest {

    private static final AlertsConfig AT_ONCE = new AlertsConfig(
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
            Duration.ZERO);

    private final List<AlertChange> changes = new CopyOnWriteArrayList<>();

    private static Reading failing() {
        Readings readings = new Readings();
        readings.health = new Health(Health.State.RETRYING, "away", 1);
        return readings.reading();
    }

    @Test
    void tellsOfAlertsAndOfTheirEnd() {
        AtomicInteger looks = new AtomicInteger();
        AlertBook book = new AlertBook(AT_ONCE);
        Watchdog watchdog = new Watchdog(
                AT_ONCE,
                book,
                () -> looks.getAndIncrement() < 2 ? failing() : new Readings().reading(),
                List.of(new LoggedAlerts(), changes::add));
        try (watchdog) {
            watchdog.start();
            await().until(() -> changes.size() == 2);
        }
        assertThat(changes)
                .extracting(AlertChange::kind)
                .containsExactly(AlertChange.Kind.RAISED, AlertChange.Kind.CLEARED);
        assertThat(book.active()).isEmpty();
    }

    @Test
    void aBugInAListenerDoesNotStopIt() {
        AtomicInteger looks = new AtomicInteger();
        Watchdog watchdog = new Watchdog(
                AT_ONCE,
                new AlertBook(AT_ONCE),
                () -> {
                    looks.incrementAndGet();
                    return failing();
                },
                List.of(change -> {
                    throw new IllegalStateException("a bug");
                }));
        try (watchdog) {
            watchdog.start();
            await().until(() -> looks.get() > 2);
            assertThat(watchdog.sinceLook()).isLessThan(Duration.ofSeconds(30));
        }
    }
}
