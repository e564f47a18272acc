package dev.logagent.dist.config;

import dev.logagent.api.option.Interpolated;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds where in the files a problem with an option is, and says it so that it is understood there. */
final class ProblemPlaces {

    private static final List<String> SEND_TYPE = List.of(ConfigTables.GLOBAL, GlobalTable.SEND_TYPE);

    private final ConfigTree tree;
    private final SourceText main;

    /** @param main the file to blame for what is nowhere */
    ProblemPlaces(ConfigTree tree, SourceText main) {
        this.tree = tree;
        this.main = main;
    }

    /**
     * The finding, or empty if it only follows from another one.
     *
     * @param problem with a path from the top
     */
    Optional<Finding> locate(OptionProblem problem) {
        List<String> path = problem.path();
        if (isUnresolved(path)) {
            return Optional.empty();
        }
        List<String> parent = path.isEmpty() ? path : path.subList(0, path.size() - 1);
        boolean unknown = problem.place() == Place.KEY && problem.message().startsWith("unknown key");
        boolean missing = problem.place() == Place.TABLE;
        String message =
                withoutSecrets(problem.message(), valueAt(path)) + (unknown || missing ? " in " + header(parent) : "");
        String hint = unknown ? hintForUnknown(problem) : problem.hint();
        Finding finding = missing ? at(parent, Place.KEY, message, hint) : at(path, problem.place(), message, hint);
        if (missing) {
            return Optional.of(finding.missing(path.get(path.size() - 1)));
        }
        // Only transports have secrets, and what is not known may be one of them, mistyped.
        boolean mayBeSecret = isOfTransport(path) || (isOfOutput(path) && valueAt(path) instanceof Map);
        return Optional.of(unknown && mayBeSecret ? finding.hidingValue() : finding);
    }

    /** A finding at that path, or at the nearest table around it. */
    Finding at(List<String> path, Place place, String message, @Nullable String hint) {
        Location exact = tree.location(path);
        if (exact != null) {
            return Finding.at(exact.text(), place == Place.VALUE ? exact.value() : exact.key(), message, hint);
        }
        boolean ofTransport = path.size() > 1 && path.get(0).equals(ConfigTables.TRANSPORT);
        Location near = ofTransport && path.size() == 2 ? null : tree.nearest(path);
        if (near == null && ofTransport) {
            near = tree.location(SEND_TYPE);
        }
        return near == null
                ? Finding.at(main, Span.START, message, hint)
                : Finding.at(near.text(), near.key(), message, hint);
    }

    private static boolean isOfTransport(List<String> path) {
        boolean ofOptions = isOfOutput(path) && path.size() > 3 && path.get(2).equals(OutputTable.OPTIONS);
        return ofOptions || path.get(0).equals(ConfigTables.TRANSPORT);
    }

    private static boolean isOfOutput(List<String> path) {
        return path.get(0).equals(ConfigTables.OUTPUTS);
    }

    /** A table as it is written in the file: {@code [global]}, {@code [[sources]]}. */
    static String header(List<String> path) {
        List<String> keys = path.stream().filter(key -> !isIndex(key)).toList();
        boolean element = !path.isEmpty() && isIndex(path.get(path.size() - 1));
        return (element ? "[[" : "[") + String.join(".", keys) + (element ? "]]" : "]");
    }

    /** In which of the agent's own tables a key belongs, as a hint; or null. */
    static @Nullable String belongsIn(String key) {
        return ConfigTables.SECTIONS.stream()
                .filter(section -> section.table().specs().stream()
                        .anyMatch(spec -> spec.key().equals(key)))
                .map(section -> "'" + key + "' belongs in " + section.header())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String hintForUnknown(OptionProblem problem) {
        String elsewhere = belongsIn(problem.path().get(problem.path().size() - 1));
        return elsewhere == null ? problem.hint() : elsewhere;
    }

    private boolean isUnresolved(List<String> path) {
        if (tree.isUnresolved(path)) {
            return true;
        }
        return valueAt(path) instanceof List<?> list
                && IntStream.range(0, list.size()).anyMatch(i -> {
                    List<String> element = new ArrayList<>(path);
                    element.add(Integer.toString(i));
                    return tree.isUnresolved(element);
                });
    }

    private @Nullable Object valueAt(List<String> path) {
        Object value = tree.values();
        for (String key : path) {
            if (value instanceof Map<?, ?> map) {
                value = map.get(key);
            } else if (value instanceof List<?> list && isIndex(key) && Integer.parseInt(key) < list.size()) {
                value = list.get(Integer.parseInt(key));
            } else {
                return null;
            }
        }
        return value;
    }

    private static String withoutSecrets(String message, @Nullable Object value) {
        String clean = message;
        if (value instanceof Interpolated text && text.secret() && !text.text().isEmpty()) {
            clean = clean.replace(text.text(), "***").replace(text.text().strip(), "***");
        } else if (value instanceof Map<?, ?> map) {
            for (Object element : map.values()) {
                clean = withoutSecrets(clean, element);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                clean = withoutSecrets(clean, element);
            }
        }
        return clean;
    }

    private static boolean isIndex(String key) {
        return !key.isEmpty() && key.length() < 9 && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
