package dev.logagent.dist.config;

import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.AgentConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A configuration in which nothing is wrong, as far as it can be known without making the transport. Immutable. */
public final class LoadedConfig {

    private final AgentConfig agent;
    private final TransportConfig transport;
    private final EffectiveConfig effective;
    private final List<Path> pluginDirs;
    private final List<Path> files;
    private final Function<List<OptionProblem>, ConfigException> located;

    LoadedConfig(
            AgentConfig agent,
            TransportConfig transport,
            EffectiveConfig effective,
            List<Path> pluginDirs,
            List<Path> files,
            Function<List<OptionProblem>, ConfigException> located) {
        this.agent = agent;
        this.transport = transport;
        this.effective = effective;
        this.pluginDirs = List.copyOf(pluginDirs);
        this.files = List.copyOf(files);
        this.located = located;
    }

    /** What the pipeline needs. */
    public AgentConfig agent() {
        return agent;
    }

    /** What the transport needs. */
    public TransportConfig transport() {
        return transport;
    }

    /** All values in effect, for {@code config show}. */
    public EffectiveConfig effective() {
        return effective;
    }

    /** The folders in which transports are looked for besides the installation's; absolute. */
    public List<Path> pluginDirs() {
        return pluginDirs;
    }

    /** All files that were read, in order. */
    public List<Path> files() {
        return files;
    }

    /**
     * Makes the transport; does not connect.
     *
     * @param maxConcurrentSends how many threads call {@code send} at the same time at most, retries included
     * @return to be closed by the caller
     * @throws ConfigException if the transport finds something wrong that its option table could not
     */
    public Transport createTransport(String agentVersion, int maxConcurrentSends) throws ConfigException {
        try {
            return transport.create(agent.global().agentName(), agentVersion, maxConcurrentSends);
        } catch (InvalidOptionsException e) {
            throw problems(e);
        }
    }

    /** What a transport found wrong, with positions in the files. */
    public ConfigException problems(InvalidOptionsException e) {
        return located.apply(transport.fromTop(e));
    }
}
