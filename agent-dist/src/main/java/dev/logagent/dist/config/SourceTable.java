package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.integer;
import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.map;
import static dev.logagent.api.option.OptionSpec.oneOf;
import static dev.logagent.api.option.OptionSpec.string;

import dev.logagent.api.option.OptionTable;

/** The keys of {@code [[sources]]}. */
final class SourceTable {

    static final String NAME = "name";
    static final String LOG_PATH = "log_path";
    static final String EXCLUDE = "exclude";
    static final String DELAY_MS = "delay_ms";
    static final String START_AT = "start_at";
    static final String PARSER = "parser";
    static final String SERVICE = "service";
    static final String COMPONENT = "component";
    static final String REGION = "region";
    static final String CLASSIFICATION = "classification";
    static final String TAGS = "tags";

    static final OptionTable TABLE = OptionTable.of(
            string(NAME).require().range(1, 255).doc("Logical name of the source; no two sources share one."),
            list(LOG_PATH)
                    .require()
                    .doc("File to read, or a glob such as `/var/log/app/*.log`, or a list of these. A file need not"
                            + " exist yet."),
            list(EXCLUDE).doc("Globs of paths to leave out."),
            integer(DELAY_MS)
                    .range(1, Double.POSITIVE_INFINITY)
                    .defaultsTo(500L)
                    .doc("Milliseconds between two looks at a file where the system does not tell of changes."),
            oneOf(START_AT, "end", "beginning")
                    .doc("As in `[global]`, for this source. Default: what `[global]` says."),
            oneOf(PARSER, "plain").defaultsTo("plain").doc("How lines are understood: `plain` takes them as they are."),
            string(SERVICE).doc("Service that the lines come from."),
            string(COMPONENT).doc("Component of the service."),
            string(REGION).doc("Region that the events belong to. Default: what `[global]` says."),
            string(CLASSIFICATION)
                    .range(1, 255)
                    .doc("How confidential the events are, in words of your own, for `[sovereignty]`."),
            map(TAGS).doc("Fixed keys and values added to every event, over those of `[global]`."));

    private SourceTable() {}
}
