package dev.logagent.core.config;

import java.time.Duration;
import java.util.List;

/**
 * When the operator is told of trouble. A limit of 0 turns its rule off.
 *
 * @param enabled whether alerts are raised at all
 * @param minDuration how long something must be so before an alert is raised
 * @param clear how long it must be well again before the alert is cleared
 * @param repeat how often an alert that stays is told again; 0 for never
 * @param queuePercent how much of an output's queue may be in use
 * @param errorPercent how many of an output's attempts may fail
 * @param undelivered how old the oldest line that is not delivered may be
 * @param spoolPercent how much of an output's spool may be in use
 * @param diskPercent how much of the disk that holds the state folder may be in use
 * @param silent how long a source may be without a new line
 * @param silentSources for which sources that counts: names, {@code *} standing for any characters
 * @param unreadableFiles whether files that cannot be read are told of
 * @param vanishedFiles whether sources that have lost all their files are told of
 * @param deadLetters whether dead letters are told of
 * @param memoryBytes how much memory the process may have
 * @param stuck how long a worker may be at one thing
 */
public record AlertsConfig(
        boolean enabled,
        Duration minDuration,
        Duration clear,
        Duration repeat,
        double queuePercent,
        double errorPercent,
        Duration undelivered,
        double spoolPercent,
        double diskPercent,
        Duration silent,
        List<String> silentSources,
        boolean unreadableFiles,
        boolean vanishedFiles,
        boolean deadLetters,
        long memoryBytes,
        Duration stuck) {

    /** What holds when nothing is configured. */
    public static final AlertsConfig DEFAULTS = new AlertsConfig(
            true,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            90,
            5,
            Duration.ofSeconds(60),
            80,
            90,
            Duration.ZERO,
            List.of("*"),
            true,
            true,
            true,
            256L << 20,
            Duration.ofMinutes(2));

    public AlertsConfig {
        silentSources = List.copyOf(silentSources);
    }

    /** Whether the silence of a source is told of. */
    public boolean isSilenceTold(String source) {
        return silentSources.stream().anyMatch(pattern -> RouteConfig.isLike(source, pattern));
    }
}
