package dev.logagent.dist.config;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SovereigntyConfig.Rule;
import dev.logagent.core.routing.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds events that could go nowhere, because no output that they are routed to may have them. */
final class BorderChecks {

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;

    BorderChecks(ConfigTree tree, ProblemPlaces places, Findings findings) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
    }

    void check(AgentConfig agent) {
        Routing routing = new Routing(agent.routes(), agent.outputs(), agent.sovereignty());
        for (int i = 0; i < agent.sources().size(); i++) {
            SourceConfig source = agent.sources().get(i);
            Set<Level> stranded = routing.stranded(source);
            if (!stranded.isEmpty()) {
                List<String> name = agent.sources().get(i).discovery() == null
                        ? List.of(ConfigTables.SOURCES, Integer.toString(i), SourceTable.NAME)
                        : List.of(ConfigTables.DISCOVERY);
                findings.add(places.at(
                        name, Place.VALUE, message(source.info(), stranded), hint(agent, routing, source, stranded)));
            }
        }
    }

    private static String message(SourceInfo source, Set<Level> stranded) {
        String events = stranded.size() == Level.values().length
                ? "the events"
                : "the " + stranded.stream().map(Level::name).collect(Collectors.joining(", ")) + " events";
        return events + " of source '" + source.name() + "' are routed to no output that may have them";
    }

    private String hint(AgentConfig agent, Routing routing, SourceConfig source, Set<Level> stranded) {
        Set<String> routed = routing.routed(source, stranded);
        List<String> reasons = new ArrayList<>();
        for (OutputConfig output : agent.outputs()) {
            if (routed.contains(output.name())) {
                agent.sovereignty()
                        .forbidding(source.info(), output)
                        .ifPresent(rule -> reasons.add(reason(agent, output, rule)));
            }
        }
        return String.join("; ", reasons);
    }

    private String reason(AgentConfig agent, OutputConfig output, Rule rule) {
        Location location = tree.location(List.of(
                ConfigTables.SOVEREIGNTY,
                SovereigntyTable.RULES,
                Integer.toString(agent.sovereignty().rules().indexOf(rule))));
        String regions = output.regions().isEmpty()
                ? "names no regions"
                : "is in " + String.join(", ", new TreeSet<>(output.regions()));
        return "output '" + output.name() + "' " + regions + ", the rule"
                + (location == null ? "" : " at " + location.shown()) + " lets " + subject(rule) + "into "
                + String.join(", ", new TreeSet<>(rule.permitted())) + " only";
    }

    private static String subject(Rule rule) {
        return (rule.classification() == null ? "" : rule.classification() + " ")
                + "events "
                + (rule.region() == null ? "" : "of " + rule.region() + " ");
    }
}
