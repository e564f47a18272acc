package dev.logagent.dist.commands;

import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportFactory;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.transport.AmbiguousTransportException;
import dev.logagent.core.transport.TransportRegistry;
import dev.logagent.dist.Home;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.Version;
import dev.logagent.dist.config.ConfigDocument;
import dev.logagent.dist.config.ConfigException;
import dev.logagent.dist.config.ConfigLocation;
import dev.logagent.dist.config.ConfigSchema;
import dev.logagent.dist.config.LoadedConfig;
import dev.logagent.dist.config.ProblemPrinter;
import dev.logagent.dist.config.Surroundings;
import dev.logagent.dist.config.Transports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration and the transports that it may name: the only class that brings the two together. Its methods end
 * the verb with a message for the user and exit code 2 where the configuration cannot be used.
 */
final class Setup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("log-agent");

    private final LoadedConfig config;
    private final TransportRegistry registry;

    private Setup(LoadedConfig config, TransportRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    /**
     * Finds, reads and validates the configuration.
     *
     * @param explicit what {@code --config} says, or null
     */
    static Setup load(@Nullable Path explicit, Invocation invocation) {
        Surroundings surroundings = Surroundings.ofProcess();
        try {
            ConfigDocument document = ConfigDocument.read(ConfigLocation.find(explicit, surroundings), surroundings);
            TransportRegistry registry = registry(invocation.home(), document.pluginDirs());
            return new Setup(document.validate(new Installed(registry)), registry);
        } catch (ConfigException e) {
            throw unusable(e);
        } catch (AmbiguousTransportException | IllegalStateException e) {
            throw CommandFailure.usage("log-agent: " + e.getMessage());
        }
    }

    /**
     * The folders that {@code plugin_dir} names, whatever else is wrong with the configuration; none if there is no
     * configuration.
     *
     * @param explicit what {@code --config} says, or null
     */
    static List<Path> pluginDirs(@Nullable Path explicit) {
        Surroundings surroundings = Surroundings.ofProcess();
        try {
            return ConfigDocument.read(ConfigLocation.find(explicit, surroundings), surroundings)
                    .pluginDirs();
        } catch (ConfigException e) {
            if (explicit == null) {
                return List.of();
            }
            throw unusable(e);
        }
    }

    /** The JSON Schema of the configuration, with the options of all transports of the installation. */
    static String schema(Home home) {
        try (TransportRegistry registry = registry(home, List.of())) {
            return ConfigSchema.of(new Installed(registry));
        }
    }

    /** What the pipeline needs. */
    AgentConfig agent() {
        return config.agent();
    }

    /** A new transport, not connected, to be closed by the caller. */
    Transport transport() {
        // The retry workers send besides the first attempts.
        int sends = 2 * config.agent().global().maxSendTasks();
        try {
            return config.createTransport(Version.text(), sends);
        } catch (ConfigException e) {
            throw unusable(e);
        } catch (IllegalStateException e) {
            throw CommandFailure.usage("log-agent: " + e.getMessage());
        }
    }

    /** The values in effect as TOML, with the origin of each. */
    String effective() {
        return config.effective().toToml();
    }

    /** The files that were read, for a message. */
    String files() {
        return config.files().stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    String sendType() {
        return config.transport().name();
    }

    /** The destination without credentials. */
    String shownEndPoint() {
        return config.transport().endPoint().replaceFirst("//[^/@]*@", "//***@");
    }

    /** Logs what is about to be run. */
    void logSummary() {
        GlobalConfig global = config.agent().global();
        LOG.info("log-agent {} reads {}", Version.text(), files());
        LOG.info(
                "agent '{}' sends to {} by {}, batches of up to {} events or {} s, {} in flight; state in {}",
                global.agentName(),
                shownEndPoint(),
                sendType(),
                global.maxBatchSize(),
                global.interval().toMillis() / 1000.0,
                global.maxSendTasks(),
                global.stateDir());
        for (SourceConfig source : config.agent().sources()) {
            LOG.info("source '{}': {}", source.name(), String.join(", ", source.logPaths()));
        }
    }

    @Override
    public void close() {
        registry.close();
    }

    private static TransportRegistry registry(Home home, List<Path> pluginDirs) {
        List<Path> folders = new ArrayList<>(home.transportFolders());
        folders.addAll(pluginDirs);
        return new TransportRegistry(folders, LOG::warn);
    }

    private static CommandFailure unusable(ConfigException e) {
        return CommandFailure.usage(
                ProblemPrinter.forTerminal().render(e.problems()).stripTrailing());
    }

    /** The registry as the configuration sees it. */
    private record Installed(TransportRegistry registry) implements Transports {

        @Override
        public Optional<TransportFactory> find(String name) {
            return registry.find(name).map(factory -> factory);
        }

        @Override
        public List<String> names() {
            return registry.names();
        }

        @Override
        public List<Path> searched() {
            return registry.searched();
        }
    }
}
