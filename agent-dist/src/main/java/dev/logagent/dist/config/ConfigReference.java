package dev.logagent.dist.config;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.OptionType;
import dev.logagent.dist.config.ConfigTables.Section;

/** The tables of the configuration as Markdown, from the same declarations that validate. */
public final class ConfigReference {

    /** Where the generated part of a document begins. */
    public static final String BEGIN = "<!-- generated tables: begin -->";

    /** Where it ends. */
    public static final String END = "<!-- generated tables: end -->";

    static final String INCLUDE = "More files to read, relative to the folder of this one; may have wildcards.";

    private ConfigReference() {}

    /** The agent's own tables, each with a heading. */
    public static String markdown() {
        StringBuilder out = new StringBuilder();
        for (Section section : ConfigTables.SECTIONS) {
            out.append("### `").append(section.header()).append("`\n\n");
            out.append(section.doc()).append("\n\n");
            out.append(table(section.table())).append('\n');
            for (OptionSpec spec : section.table().specs()) {
                OptionTable columns = spec.columns();
                if (columns != null) {
                    out.append("`[[")
                            .append(section.name())
                            .append('.')
                            .append(spec.key())
                            .append("]]`:\n\n");
                    out.append(table(columns)).append('\n');
                }
            }
        }
        return out.toString();
    }

    /** One table: a row for each option. */
    public static String table(OptionTable table) {
        StringBuilder out = new StringBuilder("| key | type | default | meaning |\n| --- | --- | --- | --- |\n");
        for (OptionSpec spec : table.specs()) {
            out.append("| `").append(spec.key()).append("` | ").append(type(spec));
            out.append(" | ").append(defaultValue(spec)).append(" | ");
            out.append(spec.doc().replace("|", "\\|")).append(" |\n");
        }
        return out.toString();
    }

    private static String type(OptionSpec spec) {
        if (!spec.allowed().isEmpty()) {
            return spec.allowed().stream()
                    .map(word -> "`" + word + "`")
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
        }
        String kind = switch (spec.type()) {
            case STRING -> "string";
            case INTEGER -> "integer";
            case DECIMAL -> "number";
            case BOOLEAN -> "`true`, `false`";
            case STRING_LIST -> "string or list of strings";
            case STRING_MAP -> "table of strings";
            case TABLE -> "table";
            case TABLE_LIST -> "list of tables";
        };
        boolean number = spec.type() == OptionType.INTEGER || spec.type() == OptionType.DECIMAL;
        return kind + (number ? limits(spec) : "");
    }

    private static String limits(OptionSpec spec) {
        if (Double.isInfinite(spec.max())) {
            return Double.isInfinite(spec.min()) ? "" : ", at least " + number(spec.min());
        }
        return ", " + (Double.isInfinite(spec.min()) ? "at most " : number(spec.min()) + " to ") + number(spec.max());
    }

    private static String defaultValue(OptionSpec spec) {
        Object value = spec.defaultValue();
        if (value == null) {
            return spec.required() ? "**required**" : "";
        }
        if (value instanceof Double number) {
            return "`" + number(number) + "`";
        }
        return "`" + value + "`";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
