package dev.logagent.api.option;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The options that a table of the configuration may hold. Immutable. */
public final class OptionTable {

    private final Map<String, OptionSpec> specs = new LinkedHashMap<>();

    private OptionTable(List<OptionSpec> specs) {
        for (OptionSpec spec : specs) {
            if (this.specs.put(spec.key(), spec) != null) {
                throw new IllegalArgumentException("option '" + spec.key() + "' is declared twice");
            }
        }
    }

    /** A table of these options, each key once. */
    public static OptionTable of(OptionSpec... specs) {
        return new OptionTable(List.of(specs));
    }

    /** The options in the order they were declared. */
    public List<OptionSpec> specs() {
        return List.copyOf(specs.values());
    }

    /**
     * Validates all keys and values.
     *
     * @param raw values as a TOML parser gives them: {@code String}, {@link Interpolated}, {@code Long}, {@code Integer},
     *     {@code Double}, {@code Boolean}, {@code List}, {@code Map}
     * @param problems gets everything that is wrong; paths start inside this table
     * @return the options; where a value was wrong, its default takes its place
     */
    public Options validate(Map<String, ?> raw, Consumer<OptionProblem> problems) {
        raw.keySet().stream().filter(key -> !specs.containsKey(key)).forEach(key -> problems.accept(unknown(key)));
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> secrets = new HashSet<>();
        for (OptionSpec spec : specs.values()) {
            Object given = raw.get(spec.key());
            if (spec.secret() || (given != null && OptionValue.isSecret(given))) {
                secrets.add(spec.key());
            }
            Object value = given == null ? null : OptionValue.convert(spec, given, problems);
            if (given == null && spec.required()) {
                problems.accept(new OptionProblem(
                        List.of(spec.key()),
                        OptionProblem.Place.TABLE,
                        "'" + spec.key() + "' is missing",
                        spec.doc().isEmpty() ? null : spec.doc()));
            }
            Object effective = value == null ? spec.defaultValue() : value;
            if (effective != null) {
                values.put(spec.key(), effective);
            }
        }
        return new Options(this, values, secrets);
    }

    /**
     * Validates, and throws when anything is wrong.
     *
     * @throws InvalidOptionsException with all problems
     */
    public Options parse(Map<String, ?> raw) throws InvalidOptionsException {
        List<OptionProblem> problems = new ArrayList<>();
        Options options = validate(raw, problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
        return options;
    }

    /**
     * The option of that key.
     *
     * @throws IllegalArgumentException if the table does not declare it
     */
    OptionSpec spec(String key) {
        OptionSpec spec = specs.get(key);
        if (spec == null) {
            throw new IllegalArgumentException("option '" + key + "' is not declared");
        }
        return spec;
    }

    private OptionProblem unknown(String key) {
        @Nullable String nearest = Suggestion.nearest(key, specs.keySet());
        return new OptionProblem(
                List.of(key),
                OptionProblem.Place.KEY,
                "unknown key '" + key + "'",
                nearest != null
                        ? "did you mean '" + nearest + "'?"
                        : specs.isEmpty()
                                ? "this table takes no keys"
                                : "known keys: " + String.join(", ", specs.keySet()));
    }
}
