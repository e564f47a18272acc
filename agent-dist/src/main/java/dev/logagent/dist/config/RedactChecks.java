package dev.logagent.dist.config;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.Options;
import dev.logagent.core.redaction.PatternFinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be checked of redactions beyond single keys. */
final class RedactChecks {

    private final NameChecks names;
    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;

    RedactChecks(NameChecks names, ConfigTree tree, ProblemPlaces places, Findings findings) {
        this.names = names;
        this.tree = tree;
        this.places = places;
        this.findings = findings;
    }

    void check(List<Options> redactions) {
        names.distinct("redaction", ConfigTables.REDACT, RedactTable.NAME, redactions);
        for (int i = 0; i < redactions.size(); i++) {
            Options redaction = redactions.get(i);
            String index = Integer.toString(i);
            what(redaction, index);
            List<String> table = List.of(ConfigTables.REDACT, index);
            names.sources(table, redaction, RedactTable.SOURCES);
            names.outputs(table, redaction, RedactTable.OUTPUTS);
        }
    }

    private void what(Options redaction, String index) {
        boolean preset = tree.location(List.of(ConfigTables.REDACT, index, RedactTable.PRESET)) != null;
        boolean pattern = tree.location(List.of(ConfigTables.REDACT, index, RedactTable.PATTERN)) != null;
        if (preset == pattern) {
            report(
                    index,
                    preset ? RedactTable.PATTERN : RedactTable.PRESET,
                    preset ? Place.KEY : Place.TABLE,
                    preset ? "'preset' and 'pattern' exclude each other" : "'preset' or 'pattern' is missing",
                    preset ? "write a [[redact]] table for each" : "say what to look for");
        } else if (pattern && !redaction.has(RedactTable.NAME)) {
            report(
                    index,
                    RedactTable.NAME,
                    Place.TABLE,
                    "'name' is missing",
                    "a pattern needs one, to be counted under");
        }
        redaction.optionalString(RedactTable.PATTERN).ifPresent(expression -> {
            String fault = PatternFinder.fault(expression, redaction.string(RedactTable.REPLACE));
            if (fault != null) {
                report(index, RedactTable.REPLACE, Place.VALUE, "'replace' " + fault, null);
            }
        });
    }

    private void report(String index, String key, Place place, String message, @Nullable String hint) {
        places.locate(new OptionProblem(List.of(ConfigTables.REDACT, index, key), place, message, hint))
                .ifPresent(findings::add);
    }
}
