package dev.logagent.dist.commands;

import dev.logagent.dist.Invocation;
import dev.logagent.dist.client.AgentClient.Reply;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent reload}. */
@Command(
        name = "reload",
        description = "Has the running agent go over to its configuration as it is now, without a restart.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "All or nothing: the whole configuration is validated first, and what is wrong leaves the agent as it is. Only what",
            "has changed is touched; files are read on where reading stopped. Secrets and certificates are read again, too.",
            "SIGHUP does the same, and a change of the file if reload_on_change is set.",
            "Exit code 0: it is taken over, or nothing has changed; 1: it cannot be now; 2: it is wrong, with all that is.",
            "",
            "Examples:",
            "  log-agent reload",
            "  kill -HUP $(pidof -s java)                       the same, the answer goes to the agent's log"
        })
final class ReloadCommand implements Callable<Integer> {

    private static final int OK = 200;
    private static final int INVALID = 422;

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "What became of it as a JSON object.")
    private boolean json;

    ReloadCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            Reply reply = agent.post("/api/reload");
            if (json) {
                invocation.out().println(reply.body());
            } else if (reply.status() == OK) {
                invocation.out().println(LocalAgent.parsed(reply).text("message"));
            } else {
                invocation.err().println(LocalAgent.error(reply));
            }
            return reply.status() == OK ? 0 : reply.status() == INVALID ? 2 : 1;
        }
    }
}
