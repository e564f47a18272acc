package dev.logagent.dist.commands;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, the same for all verbs that need it. */
final class ConfigOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Default: $LOG_AGENT_CONFIG, ./log-agent.config,"
                    + " /etc/log-agent/log-agent.config; the first that exists.")
    @Nullable Path file;
}
