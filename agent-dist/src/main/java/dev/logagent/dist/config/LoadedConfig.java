package dev.logagent.dist.config;

import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.AgentConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A configuration in which nothing is wrong, as far as it can be known without making the transport. Immutable. */
public final class LoadedConfig {

    private final AgentConfig agent;
    private final List<TransportConfig> transports;
    private final DashboardConfig dashboard;
    private final AlertSettings alerts;
    private final EffectiveConfig effective;
    private final boolean reloadOnChange;
    private final List<Path> pluginDirs;
    private final List<Path> files;
    private final ConfigInputs inputs;
    private final Map<Path, String> contents;
    private final Map<Path, String> certificates;
    private final Function<List<OptionProblem>, ConfigException> located;

    LoadedConfig(
            AgentConfig agent,
            List<TransportConfig> transports,
            DashboardConfig dashboard,
            AlertSettings alerts,
            EffectiveConfig effective,
            boolean reloadOnChange,
            List<Path> pluginDirs,
            List<Path> files,
            ConfigInputs inputs,
            Function<List<OptionProblem>, ConfigException> located) {
        this.agent = agent;
        this.transports = List.copyOf(transports);
        this.dashboard = dashboard;
        this.alerts = alerts;
        this.effective = effective;
        this.reloadOnChange = reloadOnChange;
        this.inputs = inputs;
        this.contents = inputs.contents();
        this.certificates = inputs.certificates();
        this.pluginDirs = List.copyOf(pluginDirs);
        this.files = List.copyOf(files);
        this.located = located;
    }

    /** What the pipeline needs. */
    public AgentConfig agent() {
        return agent;
    }

    /** What the transport of each output needs, in the order of the agent's outputs: that of {@code [global]} first. */
    public List<TransportConfig> transports() {
        return transports;
    }

    /** What the transport of the output that {@code [global]} describes needs. */
    public TransportConfig transport() {
        return transports.get(0);
    }

    /** How the dashboard is served. */
    public DashboardConfig dashboard() {
        return dashboard;
    }

    /** When the operator is told of trouble, and how. */
    public AlertSettings alerts() {
        return alerts;
    }

    /** All values in effect, for {@code config show}. */
    public EffectiveConfig effective() {
        return effective;
    }

    /** The folders in which transports are looked for besides the installation's; absolute. */
    public List<Path> pluginDirs() {
        return pluginDirs;
    }

    /** Whether changes are to be taken over by themselves. */
    public boolean reloadOnChange() {
        return reloadOnChange;
    }

    /** Everything on disk that it depends on. */
    public ConfigInputs inputs() {
        return inputs;
    }

    /** What {@link #inputs} held when it was read. */
    public Map<Path, String> contents() {
        return contents;
    }

    /** What the files held that it only names: certificates and keys. */
    public Map<Path, String> certificates() {
        return certificates;
    }

    /** The problems, where they are in the files. */
    public ConfigException problems(List<OptionProblem> problems) {
        return located.apply(problems);
    }

    /** All files that were read, in order. */
    public List<Path> files() {
        return files;
    }

    /**
     * Makes the transports of an output, one for each of its end points; does not connect.
     *
     * @param transport one of {@link #transports}
     * @param maxConcurrentSends how many threads call {@code send} at the same time at most, retries included
     * @return to be closed by the caller, in the order of the end points
     * @throws ConfigException if the transport finds something wrong that its option table could not
     */
    public List<Transport> createTransports(TransportConfig transport, String agentVersion, int maxConcurrentSends)
            throws ConfigException {
        List<Transport> made = new ArrayList<>();
        for (TransportConfig.EndPoint endPoint : transport.endPoints()) {
            try {
                made.add(transport.create(endPoint, agent.global().agentName(), agentVersion, maxConcurrentSends));
            } catch (InvalidOptionsException e) {
                made.forEach(Transport::close);
                throw located.apply(transport.fromTop(endPoint, e));
            }
        }
        return made;
    }
}
