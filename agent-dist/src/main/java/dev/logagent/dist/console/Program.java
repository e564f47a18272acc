package dev.logagent.dist.console;

import java.util.Map;

/**
 * What changes only with the configuration.
 *
 * @param destinations where each output sends to, by the output's name
 * @param configFiles the files of the configuration, for a person to read
 * @param reloads what became of changes of the configuration
 */
public record Program(
        String agentName, String version, Map<String, Destination> destinations, String configFiles, Reloads reloads) {

    private static final Destination UNKNOWN = new Destination("", "");

    public Program {
        destinations = Map.copyOf(destinations);
    }

    /**
     * Where an output sends to.
     *
     * @param transport the name of the transport
     * @param shown the end points, without credentials
     */
    public record Destination(String transport, String shown) {}

    Destination destination(String output) {
        return destinations.getOrDefault(output, UNKNOWN);
    }
}
