package dev.logagent.dist.console;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a request asks for. */
final class Parameters {

    private Parameters() {}

    /**
     * Refuses a misspelt parameter, without which more would be done or shown than was asked for.
     *
     * @throws IllegalArgumentException if there is one that is not known, with a message for the visitor
     */
    static void requireKnown(Map<String, List<String>> parameters, Set<String> known) {
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no parameter '" + name + "' here; "
                        + (known.isEmpty() ? "there is none" : "there are: " + new TreeSet<>(known)));
            }
        }
    }

    /** The value that counts; null if there is none, or an empty one. */
    static @Nullable String last(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        String value = values.isEmpty() ? "" : values.get(values.size() - 1);
        return value.isEmpty() ? null : value;
    }
}
