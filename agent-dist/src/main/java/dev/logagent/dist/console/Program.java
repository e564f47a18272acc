package dev.logagent.dist.console;

import java.util.Map;

/**
 * What does not change while the agent runs.
 *
 * @param destinations where each output sends to, by the output's name
 */
public record Program(String agentName, String version, Map<String, Destination> destinations) {

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
