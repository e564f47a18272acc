package dev.logagent.dist.config;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.Options;
import dev.logagent.api.option.Suggestion;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.RouteConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks that names which one table uses are those of others, and that no two have the same. */
final class NameChecks {

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;
    private final List<String> outputs = new ArrayList<>();
    private final List<String> sources;
    private final boolean openSources;

    NameChecks(ConfigTree tree, ProblemPlaces places, Findings findings, ValidTables tables) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
        this.sources = names(tables.sources(), SourceTable.NAME);
        this.openSources = tables.discovers();
        outputs.add(OutputConfig.DEFAULT_NAME);
        names(tables.outputs(), OutputTable.NAME).stream().sorted().forEach(outputs::add);
    }

    private static List<String> names(List<Options> tables, String key) {
        return tables.stream()
                .map(table -> table.optionalString(key))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Every name in the list is that of an output. */
    void outputs(List<String> table, Options options, String key) {
        each(table, options, key, outputs::contains, "output", outputs);
    }

    /** Every pattern in the list means a source, unless there are sources that nobody knows before they are discovered. */
    void sources(List<String> table, Options options, String key) {
        each(
                table,
                options,
                key,
                like -> openSources
                        || sources.isEmpty()
                        || sources.stream().anyMatch(name -> RouteConfig.isLike(name, like)),
                "source",
                sources);
    }

    /**
     * Every word in a list is known.
     *
     * @param table the path of the table that the options are from
     * @param kind what the words name, in the singular
     */
    void each(
            List<String> table,
            Options options,
            String key,
            Predicate<String> isKnown,
            String kind,
            List<String> known) {
        List<String> words = options.list(key);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!isKnown.test(word)) {
                List<String> whole = child(table, key);
                List<String> element = child(whole, Integer.toString(i));
                String nearest = Suggestion.nearest(word, known);
                report(
                        tree.location(element) == null ? whole : element,
                        "no " + kind + " is named '" + word + "'",
                        nearest != null
                                ? "did you mean '" + nearest + "'?"
                                : "known " + kind + "s: " + String.join(", ", known));
            }
        }
    }

    /** No two of these tables, all written {@code [[header]]}, have the same name. */
    void distinct(String kind, String header, String key, List<Options> tables) {
        Map<String, List<String>> names = new HashMap<>();
        for (int i = 0; i < tables.size(); i++) {
            List<String> path = List.of(header, Integer.toString(i), key);
            tables.get(i).optionalString(key).ifPresent(name -> {
                List<String> before = names.putIfAbsent(name, path);
                Location first = before == null ? null : tree.location(before);
                Location second = tree.location(path);
                if (first != null && second != null) {
                    report(
                            path,
                            kind + " name '" + name + "' is already used at " + first.seenFrom(second),
                            "give each " + kind + " a name of its own");
                }
            });
        }
    }

    private void report(List<String> path, String message, @Nullable String hint) {
        places.locate(new OptionProblem(path, Place.VALUE, message, hint)).ifPresent(findings::add);
    }

    private static List<String> child(List<String> path, String key) {
        List<String> whole = new ArrayList<>(path);
        whole.add(key);
        return List.copyOf(whole);
    }
}
