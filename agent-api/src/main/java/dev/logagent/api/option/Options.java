package dev.logagent.api.option;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A validated table of options, defaults filled in. Immutable.
 *
 * <p>Each getter throws {@link IllegalArgumentException} for a key that the table does not declare, or that is of
 * another type: a mistake in the program, not of the user. Those without {@code Optional} also do so for an option that
 * is neither given nor has a default.
 */
public final class Options {

    private static final String MASK = "***";

    private final OptionTable table;
    private final Map<String, Object> values;
    private final Set<String> secrets;

    /**
     * Only {@link OptionTable} makes them.
     *
     * @param values by key, of the types that {@link OptionType} names
     * @param secrets the keys whose values are masked, by declaration or because they came from a file of secrets
     */
    Options(OptionTable table, Map<String, Object> values, Set<String> secrets) {
        this.table = table;
        this.values = values;
        this.secrets = secrets;
    }

    public String string(String key) {
        return value(key, OptionType.STRING, String.class).orElseThrow(() -> absent(key));
    }

    public Optional<String> optionalString(String key) {
        return value(key, OptionType.STRING, String.class);
    }

    public long integer(String key) {
        return optionalInteger(key).orElseThrow(() -> absent(key));
    }

    public Optional<Long> optionalInteger(String key) {
        return value(key, OptionType.INTEGER, Long.class);
    }

    /** An integer option whose unit is milliseconds. */
    public Duration millis(String key) {
        return Duration.ofMillis(integer(key));
    }

    public double decimal(String key) {
        return value(key, OptionType.DECIMAL, Double.class).orElseThrow(() -> absent(key));
    }

    public boolean bool(String key) {
        return value(key, OptionType.BOOLEAN, Boolean.class).orElseThrow(() -> absent(key));
    }

    /** The strings of a list; empty when it is not given. */
    @SuppressWarnings("unchecked") // OptionTable has made it so
    public List<String> list(String key) {
        return value(key, OptionType.STRING_LIST, List.class).orElse(List.of());
    }

    /** The strings of a table, in the order of the file; empty when it is not given. */
    @SuppressWarnings("unchecked") // OptionTable has made it so
    public Map<String, String> map(String key) {
        return value(key, OptionType.STRING_MAP, Map.class).orElse(Map.of());
    }

    /** A table as the parser gave it, to be validated by whoever knows its keys; empty when it is not given. */
    @SuppressWarnings("unchecked") // OptionTable has made it so
    public Map<String, Object> nested(String key) {
        return value(key, OptionType.TABLE, Map.class).orElse(Map.of());
    }

    /** The tables of a list; empty when it is not given. */
    @SuppressWarnings("unchecked") // OptionTable has made it so
    public List<Options> tables(String key) {
        return value(key, OptionType.TABLE_LIST, List.class).orElse(List.of());
    }

    /** Whether the option was given or has a default. */
    public boolean has(String key) {
        return values.containsKey(table.spec(key).key());
    }

    /** The value for a person to read: secrets masked; null when there is none. */
    public @Nullable Object shown(String key) {
        Object value = values.get(table.spec(key).key());
        return value == null || !secrets.contains(key) ? value : MASK;
    }

    public OptionTable table() {
        return table;
    }

    /** Whether the values are the same, defaults included; the other one may be of a table that was declared anew. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Options options && values.equals(options.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    private <T> Optional<T> value(String key, OptionType type, Class<T> javaType) {
        if (table.spec(key).type() != type) {
            throw new IllegalArgumentException(
                    "option '" + key + "' is " + table.spec(key).type().phrase());
        }
        return Optional.ofNullable(values.get(key)).map(javaType::cast);
    }

    private static IllegalArgumentException absent(String key) {
        return new IllegalArgumentException("option '" + key + "' is neither given nor has a default");
    }
}
