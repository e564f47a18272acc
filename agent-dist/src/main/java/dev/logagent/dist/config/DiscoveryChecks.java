package dev.logagent.dist.config;

import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.core.config.DiscoveryConfig;
import java.util.List;

/** Whether logs are looked for, and what must hold then. */
final class DiscoveryChecks {

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;

    DiscoveryChecks(ConfigTree tree, ProblemPlaces places, Findings findings) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
    }

    void check(ValidTables tables) {
        if (!tables.discovers()) {
            if (tables.sources().isEmpty() && !tree.values().containsKey(ConfigTables.SOURCES)) {
                findings.add(places.at(
                                List.of(ConfigTables.SOURCES),
                                Place.KEY,
                                "there is no [[sources]], and [discovery] is not enabled: nothing to read",
                                "add [[sources]] with name and log_path, or enable [discovery]")
                        .missing("[[" + ConfigTables.SOURCES));
            }
            return;
        }
        for (int i = 0; i < tables.sources().size(); i++) {
            String name =
                    tables.sources().get(i).optionalString(SourceTable.NAME).orElse("");
            if (name.equals(DiscoveryConfig.NAME)) {
                findings.add(places.at(
                        List.of(ConfigTables.SOURCES, Integer.toString(i), SourceTable.NAME),
                        Place.VALUE,
                        "no source may be named '" + name + "' while [discovery] is enabled",
                        "give it another name"));
            }
        }
    }
}
