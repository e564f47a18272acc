package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.bool;
import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.oneOf;
import static dev.logagent.api.option.OptionSpec.string;

import dev.logagent.api.option.OptionTable;
import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.config.RedactionConfig.Preset;
import dev.logagent.core.redaction.PatternFinder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of {@code [[redact]]}. */
final class RedactTable {

    static final String NAME = "name";
    static final String PRESET = "preset";
    static final String PATTERN = "pattern";
    static final String REPLACE = "replace";
    static final String SOURCES = "sources";
    static final String REGIONS = "regions";
    static final String CLASSIFICATIONS = "classifications";
    static final String OUTPUTS = "outputs";
    static final String LEAVING_REGION = "leaving_region";

    private static final int LONGEST_PATTERN = 10_000;

    static final OptionTable TABLE = OptionTable.of(
            string(NAME)
                    .range(1, 64)
                    .doc("Names the rule where its matches are counted. Default: the preset; a pattern needs one."),
            oneOf(PRESET, Arrays.stream(Preset.values()).map(RedactTable::word).toArray(String[]::new))
                    .doc("What to look for: " + presets() + "."),
            string(PATTERN)
                    .range(1, LONGEST_PATTERN)
                    .checkedBy(RedactTable::pattern)
                    .doc(
                            "What to look for, as a regular expression in the syntax of RE2, which knows no backreferences and"
                                    + " no lookaround; its time grows with the length of the line only. `(?i)` at the start ignores"
                                    + " case."),
            string(REPLACE)
                    .range(0, 1000)
                    .defaultsTo(RedactionConfig.REPLACEMENT)
                    .doc(
                            "What takes the place of a match. With `pattern`, `$1` to `$9` stand for its groups, `$0` for all of"
                                    + " it."),
            list(SOURCES)
                    .checkedBy(value -> TableChecks.texts(SOURCES, value))
                    .doc("Only in lines of these sources; `*` stands for any characters."),
            list(REGIONS)
                    .checkedBy(value -> TableChecks.texts(REGIONS, value))
                    .doc("Only in events that belong to these regions."),
            list(CLASSIFICATIONS)
                    .checkedBy(value -> TableChecks.texts(CLASSIFICATIONS, value))
                    .doc("Only in events of these classifications."),
            list(OUTPUTS)
                    .checkedBy(value -> TableChecks.texts(OUTPUTS, value))
                    .doc("Only on the way to these outputs."),
            bool(LEAVING_REGION)
                    .defaultsTo(false)
                    .doc(
                            "Only on the way to outputs whose `regions` are not just the event's own region. What has no region,"
                                    + " event or output, counts as leaving."));

    private RedactTable() {}

    /** As it is written in the file. */
    static String word(Preset preset) {
        return preset.name().toLowerCase(Locale.ROOT);
    }

    private static String presets() {
        return Arrays.stream(Preset.values())
                .map(preset -> "`" + word(preset) + "` (" + preset.doc() + ")")
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String pattern(Object value) {
        String fault = PatternFinder.fault(value.toString());
        return fault == null ? null : "'" + PATTERN + "' " + fault;
    }
}
