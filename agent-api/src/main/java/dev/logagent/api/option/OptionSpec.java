package dev.logagent.api.option;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One option: its key, type, default, limits and documentation. Immutable; each {@code with}-like method returns a copy.
 *
 * <pre>{@code
 * OptionSpec.integer("request_timeout_ms").range(1, 600_000).defaultsTo(30_000L).doc("How long one request may take.")
 * }</pre>
 *
 * @param key the key in the configuration file
 * @param defaultValue a value of the option's type, or null when there is none
 * @param secret whether the value is masked wherever it is shown
 * @param doc one or two sentences for the user; names the unit where there is one
 * @param min the least number, or the least number of characters of a string
 * @param max the greatest number, or the greatest number of characters of a string
 * @param allowed the only strings allowed, compared without case; empty when any is
 * @param columns the table of each element of a {@link OptionType#TABLE_LIST}, else null
 * @param check finds what else is wrong with a value, as a message, or gives null
 */
public record OptionSpec(
        String key,
        OptionType type,
        @Nullable Object defaultValue,
        boolean required,
        boolean secret,
        String doc,
        double min,
        double max,
        List<String> allowed,
        @Nullable OptionTable columns,
        Function<Object, @Nullable String> check) {

    /** An option that is any string. */
    public static OptionSpec string(String key) {
        return of(key, OptionType.STRING);
    }

    /** An option that is one of the given words, written in any case; {@link Options} gives them back as listed here. */
    public static OptionSpec oneOf(String key, String... allowed) {
        OptionSpec any = of(key, OptionType.STRING);
        return new OptionSpec(
                key, any.type, null, false, false, "", any.min, any.max, List.of(allowed), null, any.check);
    }

    /** An option that is a whole number. */
    public static OptionSpec integer(String key) {
        return of(key, OptionType.INTEGER);
    }

    /** An option that is a number with or without a fraction. */
    public static OptionSpec decimal(String key) {
        return of(key, OptionType.DECIMAL);
    }

    /** An option that is true or false. */
    public static OptionSpec bool(String key) {
        return of(key, OptionType.BOOLEAN);
    }

    /** An option that is a list of strings, or one string. */
    public static OptionSpec list(String key) {
        return of(key, OptionType.STRING_LIST);
    }

    /** An option that is a table of strings. */
    public static OptionSpec map(String key) {
        return of(key, OptionType.STRING_MAP);
    }

    /** An option that is a table whose keys somebody else declares and validates. */
    public static OptionSpec table(String key) {
        return of(key, OptionType.TABLE);
    }

    /** An option that is a list of tables. */
    public static OptionSpec tables(String key, OptionTable columns) {
        OptionSpec any = of(key, OptionType.TABLE_LIST);
        return new OptionSpec(key, any.type, null, false, false, "", any.min, any.max, List.of(), columns, any.check);
    }

    /** With a default; a {@code Long} for an integer, a {@code Double} for a decimal. */
    public OptionSpec defaultsTo(Object value) {
        return new OptionSpec(key, type, value, required, secret, doc, min, max, allowed, columns, check);
    }

    /** Must be given. */
    public OptionSpec require() {
        return new OptionSpec(key, type, defaultValue, true, secret, doc, min, max, allowed, columns, check);
    }

    /** Masked wherever it is shown. */
    public OptionSpec asSecret() {
        return new OptionSpec(key, type, defaultValue, required, true, doc, min, max, allowed, columns, check);
    }

    /** A number from {@code least} to {@code most}, or a string of that many characters; both included. */
    public OptionSpec range(double least, double most) {
        return new OptionSpec(key, type, defaultValue, required, secret, doc, least, most, allowed, columns, check);
    }

    public OptionSpec doc(String sentences) {
        return new OptionSpec(key, type, defaultValue, required, secret, sentences, min, max, allowed, columns, check);
    }

    /** With one more check: gets a value of the right type and range, gives a message, or null when all is well. */
    public OptionSpec checkedBy(Function<Object, @Nullable String> moreCheck) {
        return new OptionSpec(key, type, defaultValue, required, secret, doc, min, max, allowed, columns, moreCheck);
    }

    private static OptionSpec of(String key, OptionType type) {
        return new OptionSpec(
                key,
                type,
                null,
                false,
                false,
                "",
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                List.of(),
                null,
                value -> null);
    }
}
