package dev.logagent.dist.commands;

import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportFactory;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.transport.AmbiguousTransportException;
import dev.logagent.core.transport.FailoverTransport;
import dev.logagent.core.transport.FailoverTransport.EndPoint;
import dev.logagent.core.transport.TransportRegistry;
import dev.logagent.dist.Home;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.Version;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** How the dashboard is served. */
    DashboardConfig dashboard() {
        return config.dashboard();
    }

    /** What the dashboard tells of the program. */
    Program program() {
        Map<String, Program.Destination> destinations = new LinkedHashMap<>();
        for (TransportConfig output : outputs()) {
            String shown = output.endPoints().stream()
                    .map(TransportConfig.EndPoint::shown)
                    .collect(Collectors.joining(" or "));
            destinations.put(output.output(), new Program.Destination(output.name(), shown));
        }
        return new Program(agent().global().agentName(), Version.text(), destinations);
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
        Map<String, Transport> transports = new LinkedHashMap<>();
        try {
            for (TransportConfig output : outputs()) {
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
            transports = config.createTransports(
                    output, Version.text(), delivery(output).maxSendTasks());
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
