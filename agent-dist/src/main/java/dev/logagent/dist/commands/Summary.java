package dev.logagent.dist.commands;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.routing.Routing;
import dev.logagent.dist.config.TransportConfig;
import dev.logagent.dist.config.TransportConfig.EndPoint;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/**
 * What an agent is about to do, for its log.
 *
 * @param transports of the agent's outputs, in their order
 */
record Summary(AgentConfig agent, List<TransportConfig> transports) {

    void log(Logger log) {
        Routing routing = new Routing(agent.routes(), agent.outputs(), agent.sovereignty());
        for (int i = 0; i < transports.size(); i++) {
            OutputConfig output = agent.outputs().get(i);
            logOutput(log, output, transports.get(i));
            boolean isUsed = agent.sources().stream()
                    .anyMatch(source -> !routing.share(source, output).isNothing());
            if (!isUsed && output.name().equals(OutputConfig.DEFAULT_NAME)) {
                log.info("the routes leave nothing for {}", destination(transports.get(i)));
            } else if (!isUsed) {
                log.warn("nothing is routed to output '{}': is a route missing?", output.name());
            }
        }
        for (SourceConfig source : agent.sources()) {
            log.info("source '{}': {}", source.name(), String.join(", ", source.shownPlaces()));
        }
    }

    private void logOutput(Logger log, OutputConfig output, TransportConfig transport) {
        GlobalConfig delivery = output.delivery();
        boolean isDefault = output.name().equals(OutputConfig.DEFAULT_NAME);
        log.info(
                "{} '{}' sends to {}, batches of up to {} events or {} s, {} in flight{}{}",
                isDefault ? "agent" : "output",
                isDefault ? delivery.agentName() : output.name(),
                destination(transport),
                delivery.maxBatchSize(),
                delivery.interval().toMillis() / 1000.0,
                delivery.maxSendTasks(),
                output.regions().isEmpty() ? "" : "; in " + String.join(", ", new TreeSet<>(output.regions())),
                isDefault ? "; state in " + delivery.stateDir() : "");
    }

    /** Where an output sends to, and how, without credentials. */
    static String destination(TransportConfig transport) {
        return transport.endPoints().stream().map(EndPoint::shown).collect(Collectors.joining(" or ")) + " by "
                + transport.name();
    }
}
