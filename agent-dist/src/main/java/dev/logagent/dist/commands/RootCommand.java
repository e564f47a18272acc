package dev.logagent.dist.commands;

import dev.logagent.dist.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program itself; {@link Verbs} adds the verbs. */
@Command(
        name = "log-agent",
        description = "Ships every log line of this host, structured and acknowledged, without losing one.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.VersionLine.class,
        synopsisSubcommandLabel = "[VERB]",
        commandListHeading = "%nVerbs (run, if none is given):%n",
        footer = {
            "",
            "Examples:",
            "  log-agent init                    write a configuration for the logs of this host",
            "  log-agent check                   try everything that it needs",
            "  log-agent                         run with it",
            "  log-agent VERB --help             more about a verb, with examples",
            "",
            "Environment: LOG_AGENT_CONFIG (configuration), LOG_AGENT_LOG_LEVEL (debug, info, warn, error),",
            "  LOG_AGENT_JAVA_HOME (Java to use), LOG_AGENT_JAVA_OPTS (options for it).",
            "Exit codes: 0 all is well, 1 failed while running, 2 bad usage or configuration."
        })
final class RootCommand {

    /** What {@code --version} prints. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"log-agent " + Version.text()};
        }
    }
}
