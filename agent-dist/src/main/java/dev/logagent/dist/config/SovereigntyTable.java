package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.string;
import static dev.logagent.api.option.OptionSpec.tables;

import dev.logagent.api.option.OptionTable;

/** The keys of {@code [sovereignty]}. */
final class SovereigntyTable {

    static final String RULES = "rules";
    static final String REGION = "region";
    static final String CLASSIFICATION = "classification";
    static final String PERMITTED = "permitted";

    static final OptionTable TABLE = OptionTable.of(
            tables(
                            RULES,
                            OptionTable.of(
                                    string(REGION)
                                            .range(1, 255)
                                            .doc("Holds for events of this region. Default: of any region."),
                                    string(CLASSIFICATION)
                                            .range(1, 255)
                                            .doc("Holds for events of this classification. Default: of any."),
                                    list(PERMITTED)
                                            .require()
                                            .checkedBy(value -> TableChecks.texts(PERMITTED, value))
                                            .doc(
                                                    "Regions that such events may be sent to. All `regions` of an output must be"
                                                            + " among them; an output that names none gets no such event.")))
                    .doc(
                            "All rules that hold for an event must permit an output. Where none holds, every output is permitted."));

    private SovereigntyTable() {}
}
