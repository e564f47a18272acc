package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.bool;
import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.map;

import dev.logagent.api.option.OptionTable;

/** The keys of {@code [[routes]]}. */
final class RouteTable {

    static final String SOURCES = "sources";
    static final String LEVELS = "levels";
    static final String SERVICES = "services";
    static final String REGIONS = "regions";
    static final String TAGS = "tags";
    static final String OUTPUTS = "outputs";
    static final String CONTINUE = "continue";

    static final OptionTable TABLE = OptionTable.of(
            list(SOURCES)
                    .checkedBy(value -> TableChecks.texts(SOURCES, value))
                    .doc("Names of sources; `*` stands for any characters."),
            list(LEVELS)
                    .checkedBy(value -> TableChecks.texts(LEVELS, value))
                    .doc("Exactly these levels: `TRACE`, `DEBUG`, `INFO`, `WARNING`, `ERROR`, `CRITICAL`. A line that"
                            + " names no level is `INFO`. Every output judges a line alike, whether it has it parsed or"
                            + " not."),
            list(SERVICES)
                    .checkedBy(value -> TableChecks.texts(SERVICES, value))
                    .doc("Services: the source's; else, where an output's format has lines parsed, what the line or its"
                            + " file names; else the source's name."),
            list(REGIONS)
                    .checkedBy(value -> TableChecks.texts(REGIONS, value))
                    .doc("Regions that the events belong to."),
            map(TAGS).doc("Tags that the source has, all of them, with these values."),
            list(OUTPUTS)
                    .require()
                    .checkedBy(value -> TableChecks.texts(OUTPUTS, value))
                    .doc("Where such events go: names of outputs, or `default`."),
            bool(CONTINUE).defaultsTo(false).doc("Whether later routes are looked at too, and add their outputs."));

    private RouteTable() {}
}
