package dev.logagent.dist.commands;

import dev.logagent.api.transport.Transport;
import dev.logagent.core.Agent;
import dev.logagent.core.RefusedException;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.dist.config.ConfigException;
import dev.logagent.dist.config.LoadedConfig;
import dev.logagent.dist.config.ProblemPrinter;
import dev.logagent.dist.config.TransportConfig;
import dev.logagent.dist.console.Program;
import dev.logagent.dist.console.Reloads;
import dev.logagent.dist.console.Steering;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the running agent over to what its configuration says now: all or nothing. What is wrong leaves everything as it was.
 * Safe for use by several threads; one reload at a time.
 */
final class Reloader implements Steering {

    private static final Logger LOG = LoggerFactory.getLogger("log-agent");

    private final @Nullable Path explicit;
    private final Agent agent;
    private final Consumer<LoadedConfig> onApplied;
    private volatile Setup setup;
    private volatile Reloads reloads = Reloads.none(System.currentTimeMillis());

    /**
     * A reloader of an agent.
     *
     * @param explicit what {@code --config} says, or null
     * @param setup what the agent was made from
     * @param onApplied told what holds from now on
     */
    Reloader(@Nullable Path explicit, Setup setup, Agent agent, Consumer<LoadedConfig> onApplied) {
        this.explicit = explicit;
        this.setup = setup;
        this.agent = agent;
        this.onApplied = onApplied;
    }

    @Override
    public Program program() {
        return setup.program(reloads);
    }

    /** What holds now. */
    LoadedConfig config() {
        return setup.config();
    }

    @Override
    public synchronized Outcome reload() {
        try {
            Setup next = setup.again(explicit);
            RestartKeys.check(setup.config(), next.config());
            return goOver(next);
        } catch (ConfigException e) {
            return refused(
                    Verdict.INVALID,
                    new ProblemPrinter(false)
                            .render(e.problems(), "The agent goes on with the configuration before.")
                            .stripTrailing());
        } catch (CommandFailure e) {
            return refused(Verdict.INVALID, String.valueOf(e.getMessage()));
        } catch (RefusedException | IllegalStateException e) {
            return refused(Verdict.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private Outcome goOver(Setup next) throws RefusedException {
        LoadedConfig before = setup.config();
        LoadedConfig after = next.config();
        if (after.contents().equals(before.contents()) && after.agent().equals(before.agent())) {
            reloads = reloads.andUnchanged();
            LOG.info("asked to read the configuration again: nothing has changed");
            return new Outcome(Verdict.UNCHANGED, "nothing has changed");
        }
        Map<String, Transport> fresh = next.transports(output -> isAnother(output, before, after));
        List<String> restarted;
        try {
            restarted = agent.reload(after.agent(), fresh);
        } catch (RefusedException e) {
            fresh.values().forEach(Transport::close);
            throw e;
        }
        setup = next;
        reloads = reloads.andApplied(System.currentTimeMillis());
        onApplied.accept(after);
        String text = "the configuration is taken over" + outputs(restarted, "started anew, where it had stopped")
                + outputs(
                        fresh.keySet().stream()
                                .filter(name -> !restarted.contains(name))
                                .toList(),
                        "connected anew");
        LOG.info("{}: {}", next.files(), text);
        return new Outcome(Verdict.APPLIED, text);
    }

    private static String outputs(List<String> names, String happened) {
        return names.isEmpty()
                ? ""
                : "; " + happened + ": "
                        + names.stream().map(name -> "output '" + name + "'").collect(Collectors.joining(", "));
    }

    private Outcome refused(Verdict verdict, String text) {
        reloads = reloads.andRefused(text, System.currentTimeMillis());
        LOG.error("the changed configuration is not taken over, the agent goes on with the one before:\n{}", text);
        return new Outcome(verdict, text);
    }

    /** Whether an output needs another transport than before: for other settings, or because a certificate has changed. */
    private static boolean isAnother(TransportConfig output, LoadedConfig before, LoadedConfig after) {
        TransportConfig old = before.transports().stream()
                .filter(each -> each.output().equals(output.output()))
                .findFirst()
                .orElse(null);
        return old == null
                || !settings(old, before).equals(settings(output, after))
                || !before.certificates().equals(after.certificates());
    }

    private static List<Object> settings(TransportConfig transport, LoadedConfig config) {
        OutputConfig output = config.agent().outputs().get(config.transports().indexOf(transport));
        return List.of(
                transport.name(),
                transport.endPoints().stream()
                        .map(TransportConfig.EndPoint::address)
                        .toList(),
                transport.options(),
                transport.effectiveFormat(),
                transport.style(),
                transport.compression(),
                output.delivery().maxSendTasks(),
                config.agent().global().agentName());
    }
}
