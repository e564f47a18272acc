package dev.logagent.dist.config;

import dev.logagent.api.option.OptionTable;
import java.util.List;

/** All tables that the agent itself declares, in the order a person would write them. */
final class ConfigTables {

    static final String INCLUDE = "include";
    static final String GLOBAL = "global";
    static final String SOURCES = "sources";
    static final String DISCOVERY = "discovery";
    static final String OUTPUTS = "outputs";
    static final String ROUTES = "routes";
    static final String SOVEREIGNTY = "sovereignty";
    static final String REDACT = "redact";
    static final String BUFFER = "buffer";
    static final String LIMITS = "limits";
    static final String DASHBOARD = "dashboard";
    static final String ALERTS = "alerts";
    static final String TRANSPORT = "transport";

    /** All that may stand at the top level. */
    static final List<String> TOP_LEVEL = List.of(
            INCLUDE,
            GLOBAL,
            SOURCES,
            DISCOVERY,
            OUTPUTS,
            ROUTES,
            SOVEREIGNTY,
            REDACT,
            BUFFER,
            LIMITS,
            DASHBOARD,
            ALERTS,
            TRANSPORT);

    static final List<Section> SECTIONS = List.of(
            new Section(GLOBAL, false, GlobalTable.TABLE, "What holds for the whole agent. Required."),
            new Section(SOURCES, true, SourceTable.TABLE, "What to read: one table a source."),
            new Section(
                    DISCOVERY,
                    false,
                    DiscoveryTable.TABLE,
                    "Where to look for logs that no `[[sources]]` names. Their lines are sent as sources that are named"
                            + " after their services; what a source of the configuration means is left to it."),
            new Section(
                    OUTPUTS,
                    true,
                    OutputTable.TABLE,
                    "More destinations than the one of `[global]`, which is the output `default`. Each has its own batches,"
                            + " retries and positions; one that is down holds up no other."),
            new Section(
                    ROUTES,
                    true,
                    RouteTable.TABLE,
                    "Which events go where. The first route whose conditions all hold decides; an event that no route"
                            + " takes goes to `default`."),
            new Section(
                    SOVEREIGNTY,
                    false,
                    SovereigntyTable.TABLE,
                    "Which regions events may be sent to, whatever the routes say. A source with events that could go"
                            + " nowhere is an error."),
            new Section(
                    REDACT,
                    true,
                    RedactTable.TABLE,
                    "What is taken out of lines before they leave the agent or touch its disk. Rules are applied in this"
                            + " order; all conditions of a rule must hold."),
            new Section(BUFFER, false, BufferTable.TABLE, "What may pile up in the agent."),
            new Section(LIMITS, false, LimitsTable.TABLE, "How much of the host the agent may take."),
            new Section(
                    DASHBOARD,
                    false,
                    DashboardTable.TABLE,
                    "The page, figures and health of the running agent over HTTP. Without this table there is none."),
            new Section(
                    ALERTS,
                    false,
                    AlertsTable.TABLE,
                    "When the agent says that something is wrong, and to whom. The defaults hold without this table too."));

    private ConfigTables() {}

    /**
     * One table of the file.
     *
     * @param repeated whether it is written {@code [[name]]}, as often as wanted
     */
    record Section(String name, boolean repeated, OptionTable table, String doc) {

        /** As it is written in the file. */
        String header() {
            return repeated ? "[[" + name + "]]" : "[" + name + "]";
        }
    }
}
