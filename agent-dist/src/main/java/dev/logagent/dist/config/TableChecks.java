package dev.logagent.dist.config;

import dev.logagent.api.Level;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Checks of single values that several tables use. */
final class TableChecks {

    private static final String PARTIAL = "partial";

    private TableChecks() {}

    /** TOML has {@code inf} and {@code nan}; as a time they mean nothing. */
    static @Nullable String finite(String key, Object value) {
        return value instanceof Double number && !Double.isFinite(number)
                ? "'" + key + "' must be a finite number, found " + (number.isNaN() ? "nan" : "inf")
                : null;
    }

    /** What is wrong with a list of strings of which there must be one, and none empty; or null. */
    static @Nullable String texts(String key, Object value) {
        return value instanceof List<?> list
                        && (list.isEmpty()
                                || list.stream()
                                        .anyMatch(element ->
                                                String.valueOf(element).isBlank()))
                ? "'" + key + "' must not be empty"
                : null;
    }

    /** What is wrong with tags, or null: one key of an event's metadata is the agent's own. */
    static @Nullable String tags(String key, Object value) {
        return value instanceof Map<?, ?> tags && tags.containsKey(PARTIAL)
                ? "'" + key + "' must not have '" + PARTIAL + "': with it the agent marks pieces of long lines"
                : null;
    }

    /** What is wrong with a list of levels, or null. */
    static @Nullable String levels(String key, Object value) {
        if (!(value instanceof List<?> words)) {
            return null;
        }
        List<String> known = Arrays.stream(Level.values()).map(Level::name).toList();
        for (Object word : words) {
            if (known.stream().noneMatch(level -> level.equalsIgnoreCase(String.valueOf(word)))) {
                return "'" + key + "' has no level '" + word + "'; there are: " + String.join(", ", known);
            }
        }
        return null;
    }

    /** What is wrong with a glob, or null. */
    static @Nullable String glob(String pattern) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            return null;
        } catch (PatternSyntaxException e) {
            String reason = e.getDescription();
            // The JDK says "Missing ']": it forgets the second quote.
            return reason.matches(".*'[^']$") ? reason + "'" : reason;
        }
    }

    /** What is wrong with a path, or null. */
    static @Nullable String path(String key, Object value) {
        try {
            return Path.of(value.toString()).toString().isEmpty() ? "'" + key + "' must not be empty" : null;
        } catch (InvalidPathException e) {
            return "'" + key + "' is not a valid path: " + e.getReason();
        }
    }
}
