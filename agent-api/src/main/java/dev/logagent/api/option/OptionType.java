package dev.logagent.api.option;

/** The kinds of values an option can have, with the Java type that {@link Options} gives back. */
public enum OptionType {
    /** {@code String}. */
    STRING("a string"),
    /** {@code Long}. */
    INTEGER("an integer"),
    /** {@code Double}; whole numbers are taken too. */
    DECIMAL("a number"),
    /** {@code Boolean}. */
    BOOLEAN("true or false"),
    /** {@code List<String>}; a single string is taken as a list of one. */
    STRING_LIST("a list of strings"),
    /** {@code Map<String, String>}. */
    STRING_MAP("a table of strings"),
    /** {@code Map<String, Object>} as the parser gives it: somebody else validates it. */
    TABLE("a table"),
    /** {@code List<Options>}, each validated by a table of its own. */
    TABLE_LIST("a list of tables");

    private final String phrase;

    OptionType(String phrase) {
        this.phrase = phrase;
    }

    /** The type as a message names it: "a string". */
    public String phrase() {
        return phrase;
    }
}
