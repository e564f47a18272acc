package dev.logagent.api.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what the parser read into a value of an option's type, or says what is wrong with it. */
final class OptionValue {

    private static final String MASK = "***";

    private OptionValue() {}

    /** The value, or null when it is wrong: then the problem has been reported. */
    static @Nullable Object convert(OptionSpec spec, Object given, Consumer<OptionProblem> problems) {
        if (spec.type() == OptionType.TABLE_LIST) {
            return tables(spec, given, problems);
        }
        Object value = typed(spec, given);
        String message;
        if (value == null) {
            message = "'" + spec.key() + "' must be " + spec.type().phrase() + ", found " + describe(spec, given);
        } else {
            message = limits(spec, value, spec.secret() || isSecret(given));
            if (message == null) {
                message = spec.check().apply(value);
            }
        }
        if (message != null) {
            problems.accept(problem(spec, message, hint(spec, value)));
            return null;
        }
        return value;
    }

    private static @Nullable Object typed(OptionSpec spec, Object given) {
        return switch (spec.type()) {
            case STRING -> word(spec, text(given));
            case INTEGER -> given instanceof Interpolated i ? parseLong(i.text()) : wholeNumber(given);
            case DECIMAL -> given instanceof Interpolated i ? parseDouble(i.text()) : number(given);
            case BOOLEAN ->
                given instanceof Interpolated i ? parseBoolean(i.text()) : given instanceof Boolean b ? b : null;
            case STRING_LIST -> strings(given);
            case STRING_MAP -> stringMap(given);
            case TABLE -> given instanceof Map<?, ?> table ? keyed(table) : null;
            case TABLE_LIST -> throw new IllegalStateException("converted elsewhere");
        };
    }

    /** An allowed word in the spelling of the declaration. */
    private static @Nullable String word(OptionSpec spec, @Nullable String text) {
        if (text != null) {
            for (String allowed : spec.allowed()) {
                if (allowed.equalsIgnoreCase(text)) {
                    return allowed;
                }
            }
        }
        return text;
    }

    /** Whether the value, or a part of it, came from a file of secrets. */
    static boolean isSecret(Object given) {
        if (given instanceof Interpolated interpolated) {
            return interpolated.secret();
        }
        if (given instanceof Map<?, ?> table) {
            return table.values().stream().anyMatch(value -> value != null && isSecret(value));
        }
        return given instanceof List<?> elements
                && elements.stream().anyMatch(element -> element != null && isSecret(element));
    }

    private static @Nullable String limits(OptionSpec spec, Object value, boolean secret) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return "'" + spec.key() + "' must be a finite number, found " + value;
        }
        if (value instanceof Number number
                && (number.doubleValue() < spec.min() || number.doubleValue() > spec.max())) {
            return "'" + spec.key() + "' must be " + range(spec, "") + ", found " + (secret ? MASK : value);
        }
        if (value instanceof String text) {
            if (!spec.allowed().isEmpty() && !spec.allowed().contains(text)) {
                return "'" + spec.key() + "' must be one of " + String.join(", ", spec.allowed()) + ", found '"
                        + (secret ? MASK : text) + "'";
            }
            if (text.length() < spec.min() || text.length() > spec.max()) {
                return text.isEmpty()
                        ? "'" + spec.key() + "' must not be empty"
                        : "'" + spec.key() + "' must have " + range(spec, " characters") + ", found " + text.length();
            }
        }
        return null;
    }

    private static @Nullable String hint(OptionSpec spec, @Nullable Object value) {
        if (!(value instanceof String text)
                || spec.allowed().isEmpty()
                || spec.allowed().contains(text)) {
            return null;
        }
        String nearest = Suggestion.nearest(text, spec.allowed());
        return nearest == null ? null : "did you mean '" + nearest + "'?";
    }

    private static String range(OptionSpec spec, String unit) {
        if (spec.max() == Double.POSITIVE_INFINITY) {
            return "at least " + plain(spec.min()) + unit;
        }
        if (spec.min() == Double.NEGATIVE_INFINITY) {
            return "at most " + plain(spec.max()) + unit;
        }
        return "from " + plain(spec.min()) + " to " + plain(spec.max()) + unit;
    }

    private static String plain(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }

    private static @Nullable List<Options> tables(OptionSpec spec, Object given, Consumer<OptionProblem> problems) {
        List<Options> tables = new ArrayList<>();
        OptionTable columns = spec.columns();
        if (columns == null) {
            throw new IllegalStateException("option '" + spec.key() + "' declares no columns");
        }
        if (given instanceof List<?> elements) {
            for (Object element : elements) {
                List<String> path = List.of(spec.key(), Integer.toString(tables.size()));
                if (element instanceof Map<?, ?> table) {
                    tables.add(columns.validate(keyed(table), problem -> problems.accept(problem.within(path))));
                } else {
                    problems.accept(problem(spec, "'" + spec.key() + "' must be a list of tables", null));
                    return null;
                }
            }
            return List.copyOf(tables);
        }
        problems.accept(
                problem(spec, "'" + spec.key() + "' must be a list of tables, found " + describe(spec, given), null));
        return null;
    }

    private static OptionProblem problem(OptionSpec spec, String message, @Nullable String hint) {
        return new OptionProblem(List.of(spec.key()), OptionProblem.Place.VALUE, message, hint);
    }

    private static Map<String, Object> keyed(Map<?, ?> table) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        table.forEach((key, value) -> keyed.put(String.valueOf(key), value));
        return keyed;
    }

    private static @Nullable String text(Object given) {
        return given instanceof Interpolated i ? i.text() : given instanceof String s ? s : null;
    }

    private static @Nullable List<String> strings(Object given) {
        String single = text(given);
        if (single != null) {
            return List.of(single);
        }
        if (!(given instanceof List<?> elements)) {
            return null;
        }
        List<String> strings = new ArrayList<>();
        for (Object element : elements) {
            String text = text(element);
            if (text == null) {
                return null;
            }
            strings.add(text);
        }
        return List.copyOf(strings);
    }

    private static @Nullable Map<String, String> stringMap(Object given) {
        if (!(given instanceof Map<?, ?> table)) {
            return null;
        }
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : table.entrySet()) {
            String text = entry.getValue() == null ? null : text(entry.getValue());
            if (text == null) {
                return null;
            }
            strings.put(String.valueOf(entry.getKey()), text);
        }
        return java.util.Collections.unmodifiableMap(strings);
    }

    private static @Nullable Long wholeNumber(Object given) {
        return given instanceof Long l ? l : given instanceof Integer i ? Long.valueOf(i.longValue()) : null;
    }

    private static @Nullable Double number(Object given) {
        return given instanceof Number n ? Double.valueOf(n.doubleValue()) : null;
    }

    private static @Nullable Long parseLong(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Double parseDouble(String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Boolean parseBoolean(String text) {
        String word = text.strip();
        return word.equalsIgnoreCase("true") ? Boolean.TRUE : word.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }

    private static String describe(OptionSpec spec, Object given) {
        if (given instanceof Interpolated i) {
            return "the text '" + (spec.secret() ? MASK : i) + "'";
        }
        if (given instanceof List<?> list) {
            return "a list" + odd(spec, list);
        }
        if (given instanceof Map<?, ?> table) {
            return "a table" + odd(spec, table.values());
        }
        return given instanceof String
                ? "a string"
                : given instanceof Boolean
                        ? "a boolean"
                        : given instanceof Long || given instanceof Integer
                                ? "an integer"
                                : given instanceof Number ? "a number with a fraction" : "a date or time";
    }

    /** The element that keeps a list or a table from being one of strings. */
    private static String odd(OptionSpec spec, Collection<?> elements) {
        return spec.type() != OptionType.STRING_LIST && spec.type() != OptionType.STRING_MAP
                ? ""
                : elements.stream()
                        .filter(element -> element != null && text(element) == null)
                        .findFirst()
                        .map(element -> " with " + describe(spec, element))
                        .orElse("");
    }
}
