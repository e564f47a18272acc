package dev.logagent.dist.alerts;

import dev.logagent.core.StatusBoard;
import dev.logagent.core.alerts.Alert;
import dev.logagent.core.alerts.AlertBook;
import dev.logagent.core.alerts.AlertListener;
import dev.logagent.core.alerts.LoggedAlerts;
import dev.logagent.core.alerts.Reading;
import dev.logagent.core.alerts.Watchdog;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.AlertsConfig;
import dev.logagent.core.runtime.Workers;
import dev.logagent.core.status.DiskUse;
import dev.logagent.core.status.ProcessStatus;
import dev.logagent.dist.config.AlertSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Watches over a running agent: its alerts, and whether it lives. Safe for use by several threads.
 */
public final class Vigil implements AutoCloseable {

    /** The watchdog itself must have looked within this time. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private final StatusBoard board;
    private final AlertBook book;
    private volatile Watch watch;

    /** How it is watched as long as the configuration stays. */
    private record Watch(AlertSettings settings, String agentName, List<Notifier> notifiers, Watchdog watchdog) {

        boolean tellsAs(AlertSettings next, String nextName) {
            return agentName.equals(nextName)
                    && Objects.equals(settings.webhook(), next.webhook())
                    && settings.command().equals(next.command())
                    && settings.timeout().equals(next.timeout());
        }

        void closeNotifiers() {
            notifiers.forEach(Notifier::close);
        }
    }

    /** Watches over the agent, which may still have to be started, from now on. */
    public Vigil(AlertSettings settings, StatusBoard board) {
        this.board = board;
        this.book = new AlertBook(settings.rules());
        String agentName = agentName();
        this.watch = begin(settings, agentName, notifiers(settings, agentName));
    }

    /**
     * Goes by other settings from now on. Alerts that are raised stay, for as long as they are found; what is still to be
     * told is told, if it is told on the same ways.
     */
    public synchronized void change(AlertSettings settings) {
        Watch before = watch;
        String agentName = agentName();
        boolean same = before.tellsAs(settings, agentName);
        if (same && before.settings.equals(settings)) {
            return;
        }
        before.watchdog.close();
        book.change(settings.rules());
        watch = begin(settings, agentName, same ? before.notifiers : notifiers(settings, agentName));
        if (!same) {
            before.closeNotifiers();
        }
    }

    private String agentName() {
        return board.config().global().agentName();
    }

    private static List<Notifier> notifiers(AlertSettings settings, String agentName) {
        List<Notifier> notifiers = new ArrayList<>();
        URI webhook = settings.webhook();
        if (webhook != null) {
            notifiers.add(new Notifier(new Webhook(webhook, settings.timeout()), agentName));
        }
        if (!settings.command().isEmpty()) {
            notifiers.add(new Notifier(new Command(settings.command(), settings.timeout()), agentName));
        }
        return notifiers;
    }

    private Watch begin(AlertSettings settings, String agentName, List<Notifier> notifiers) {
        List<AlertListener> listeners = new ArrayList<>(List.of(new LoggedAlerts()));
        listeners.addAll(notifiers);
        Watchdog watchdog = new Watchdog(settings.rules(), book, this::read, listeners);
        if (settings.rules().enabled()) {
            watchdog.start();
        }
        return new Watch(settings, agentName, notifiers, watchdog);
    }

    private Reading read() {
        AgentConfig config = board.config();
        return new Reading(
                System.currentTimeMillis(),
                board.outputs(),
                board.sources(),
                ProcessStatus.now(),
                config.buffer().share(config.outputs().size()),
                DiskUse.of(config.global().stateDir()),
                board.workers().busy());
    }

    /** The alerts that are raised now, the worst first. */
    public List<Alert> active() {
        return watch.settings.rules().enabled() ? book.active() : List.of();
    }

    /** The alerts that were cleared last, the newest first. */
    public List<Alert> recent() {
        return book.recent();
    }

    /** How the ways to tell of alerts do. */
    public List<NotifierStatus> notifiers() {
        return watch.notifiers.stream().map(Notifier::status).toList();
    }

    /** Why the process is to be taken for dead though it runs; empty if it is not. */
    public List<String> deadlocks() {
        Watch now = watch;
        AlertsConfig rules = now.settings.rules();
        List<String> reasons = new ArrayList<>();
        if (!rules.stuck().isZero()) {
            for (Workers.Busy worker : board.workers().busyFor(rules.stuck())) {
                reasons.add("worker " + worker.name() + " has been stuck for "
                        + worker.time().toSeconds() + " s");
            }
        }
        Duration silence = now.watchdog.sinceLook();
        if (rules.enabled() && silence.compareTo(LONGEST_SILENCE) > 0) {
            reasons.add("the watchdog has not looked for " + silence.toSeconds() + " s");
        }
        return reasons;
    }

    @Override
    public synchronized void close() {
        watch.watchdog.close();
        watch.closeNotifiers();
    }
}
