package dev.logagent.api.option;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path the keys that lead to the place, outermost first; elements of lists as {@code "0"}, {@code "1"}, …
 * @param place whether the key or its value is at fault
 * @param message what is wrong, without the position and without a full stop
 * @param hint what to do about it, or null
 */
public record OptionProblem(
        List<String> path,
        Place place,
        String message,
        @Nullable String hint) {

    /** Where a caret should point. */
    public enum Place {
        KEY,
        VALUE,
        /** The table as a whole: something is missing in it. */
        TABLE
    }

    public OptionProblem {
        path = List.copyOf(path);
    }

    /** The same problem, seen from a table that contains this one under {@code prefix}. */
    public OptionProblem within(List<String> prefix) {
        List<String> whole = new java.util.ArrayList<>(prefix);
        whole.addAll(path);
        return new OptionProblem(whole, place, message, hint);
    }

    @Override
    public String toString() {
        return String.join(".", path) + ": " + message + (hint == null ? "" : " (" + hint + ")");
    }
}
