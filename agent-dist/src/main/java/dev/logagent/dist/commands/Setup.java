package dev.logagent.dist.commands;

import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportFactory;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.core.transport.AmbiguousTransportException;
import dev.logagent.core.transport.FailoverTransport;
import dev.logagent.core.transport.FailoverTransport.EndPoint;
import dev.logagent.core.transport.TransportRegistry;
import dev.logagent.dist.Home;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.Version;
import dev.logagent.dist.config.AlertSettings;
import dev.logagent.dist.config.ConfigDocument;
import dev.logagent.dist.config.ConfigException;
import dev.logagent.dist.config.ConfigLocation;
import dev.logagent.dist.config.ConfigSchema;
import dev.logagent.dist.config.DashboardConfig;
import dev.logagent.dist.config.LoadedConfig;
import dev.logagent.dist.config.ProblemPrinter;
import dev.logagent.dist.config.Surroundings;
import dev.logagent.dist.config.TransportConfig;
import dev.logagent.dist.config.Transports;
import dev.logagent.dist.console.Program;
import dev.logagent.dist.console.Reloads;
import dev.logagent.dist.init.Inventory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
        try {
            ConfigDocument document = read(explicit);
            TransportRegistry registry = registry(invocation.home(), document.pluginDirs());
            return new Setup(document.validate(new Installed(registry)), registry);
        } catch (ConfigException e) {
            throw unusable(e);
        } catch (AmbiguousTransportException | IllegalStateException e) {
            throw CommandFailure.usage("log-agent: " + e.getMessage());
        }
    }

    private static ConfigDocument read(@Nullable Path explicit) throws ConfigException {
        Surroundings surroundings = Surroundings.ofProcess();
        return ConfigDocument.read(ConfigLocation.find(explicit, surroundings), surroundings);
    }

    /**
     * The configuration as it is now, with the same transports to choose from. They belong to this object, which is closed
     * last.
     *
     * @param explicit what {@code --config} says, or null
     * @throws ConfigException with all that is wrong
     */
    Setup again(@Nullable Path explicit) throws ConfigException {
        return new Setup(read(explicit).validate(new Installed(registry)), registry);
    }

    /** What was read. */
    LoadedConfig config() {
        return config;
    }

    /**
     * The logs that are found on this host: as the configuration says, or as if there were an empty one.
     *
     * @param explicit what {@code --config} says, or null
     */
    static Inventory inventory(@Nullable Path explicit, Invocation invocation) {
        Surroundings surroundings = Surroundings.ofProcess();
        try {
            ConfigLocation.find(explicit, surroundings);
        } catch (ConfigException e) {
            if (explicit == null && surroundings.variable(ConfigLocation.VARIABLE) == null) {
                return new Inventory(
                        true,
                        Discovery.of(DiscoveryConfig.DEFAULTS, surroundings.defaultStateDirectory())
                                .look());
            }
            throw unusable(e);
        }
        try (Setup setup = load(explicit, invocation)) {
            boolean enabled = setup.agent().sources().stream().anyMatch(source -> source.discovery() != null);
            return new Inventory(enabled, Discovery.usual(setup.agent()).look());
        }
    }

    /**
     * The folders that {@code plugin_dir} names, whatever else is wrong with the configuration; none if there is no
     * configuration.
     *
     * @param explicit what {@code --config} says, or null
     */
    static List<Path> pluginDirs(@Nullable Path explicit) {
        try {
            return read(explicit).pluginDirs();
        } catch (ConfigException e) {
            if (explicit == null) {
                return List.of();
            }
            throw unusable(e);
        }
    }

    /**
     * Where an agent with that configuration keeps its state, whatever is wrong with it.
     *
     * @param explicit what {@code --config} says, or null
     */
    static Path stateDir(@Nullable Path explicit) {
        try {
            return read(explicit).stateDir();
        } catch (ConfigException e) {
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

    /** How the dashboard is served. */
    DashboardConfig dashboard() {
        return config.dashboard();
    }

    /** When the operator is told of trouble, and how. */
    AlertSettings alerts() {
        return config.alerts();
    }

    /** What the dashboard tells of the program. */
    Program program(Reloads reloads) {
        Map<String, Program.Destination> destinations = new LinkedHashMap<>();
        for (TransportConfig output : outputs()) {
            String shown = output.endPoints().stream()
                    .map(TransportConfig.EndPoint::shown)
                    .collect(Collectors.joining(" or "));
            destinations.put(output.output(), new Program.Destination(output.name(), shown));
        }
        return new Program(agent().global().agentName(), Version.text(), destinations, files(), reloads);
    }

    /** What the transport of each output needs, that of {@code [global]} first. */
    List<TransportConfig> outputs() {
        return config.transports();
    }

    /**
     * The agent's outputs, or the one of that name.
     *
     * @param name what {@code --output} says, or null
     */
    List<OutputConfig> outputs(@Nullable String name) {
        List<OutputConfig> all = agent().outputs();
        List<OutputConfig> chosen = all.stream()
                .filter(output -> name == null || output.name().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            throw CommandFailure.usage("log-agent: there is no output '" + name + "'; there are: "
                    + all.stream().map(OutputConfig::name).collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    /** A new transport for each output by its name, not connected, to be closed by the caller. */
    Map<String, Transport> transports() {
        return transports(output -> true);
    }

    /** The same for some of the outputs. */
    Map<String, Transport> transports(Predicate<TransportConfig> wanted) {
        Map<String, Transport> transports = new LinkedHashMap<>();
        try {
            for (TransportConfig output : outputs()) {
                if (!wanted.test(output)) {
                    continue;
                }
                List<EndPoint> endPoints = endPoints(output);
                transports.put(
                        output.output(),
                        endPoints.size() == 1
                                ? endPoints.get(0).transport()
                                : new FailoverTransport(endPoints, new LoggedChanges(output.output())));
            }
            return transports;
        } catch (CommandFailure e) {
            transports.values().forEach(Transport::close);
            throw e;
        }
    }

    /** New transports for all end points of an output, not connected, to be closed by the caller. */
    List<EndPoint> endPoints(TransportConfig output) {
        List<Transport> transports;
        try {
            // One more than the pipeline uses: dead letters are replayed beside it.
            transports = config.createTransports(
                    output, Version.text(), delivery(output).maxSendTasks() + 1);
        } catch (ConfigException e) {
            throw unusable(e);
        } catch (IllegalStateException e) {
            throw CommandFailure.usage("log-agent: " + e.getMessage());
        }
        List<EndPoint> endPoints = new ArrayList<>();
        for (Transport transport : transports) {
            endPoints.add(new EndPoint(output.endPoints().get(endPoints.size()).shown(), transport));
        }
        return endPoints;
    }

    private GlobalConfig delivery(TransportConfig output) {
        return agent().outputs().get(outputs().indexOf(output)).delivery();
    }

    /** The values in effect as TOML, with the origin of each. */
    String effective() {
        return config.effective().toToml();
    }

    /** The files that were read, for a message. */
    String files() {
        return config.files().stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /** Logs what is about to be run, and what about it may not be meant so. */
    void logSummary() {
        LOG.info("log-agent {} reads {}", Version.text(), files());
        new Summary(agent(), outputs()).log(LOG);
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
