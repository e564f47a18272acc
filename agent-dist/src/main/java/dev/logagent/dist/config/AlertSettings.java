package dev.logagent.dist.config;

import dev.logagent.core.config.AlertsConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the operator is told of trouble, and how.
 *
 * @param webhook where changes are posted to; null for nowhere
 * @param command the program that is told of changes, and its arguments; empty for none
 * @param timeout how long either may take each time
 */
public record AlertSettings(AlertsConfig rules, @Nullable URI webhook, List<String> command, Duration timeout) {

    public AlertSettings {
        command = List.copyOf(command);
    }

    /** Without the address, which may hold a secret. */
    @Override
    public String toString() {
        return "AlertSettings[" + rules + "]";
    }
}
