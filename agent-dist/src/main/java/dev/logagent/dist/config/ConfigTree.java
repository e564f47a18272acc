package dev.logagent.dist.config;

import dev.logagent.dist.config.Interpolation.Fault;
import dev.logagent.dist.config.Interpolation.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlElement;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * What all files say together: plain values, and where each of them stands. Built in one thread, then only read.
 *
 * <p>A path leads from the top to a value: keys, and positions in lists as {@code "0"}, {@code "1"}, ….
 */
final class ConfigTree {

    private final Interpolation interpolation;
    private final Findings findings;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<List<String>, Location> locations = new HashMap<>();
    private final Set<List<String>> unresolved = new HashSet<>();

    ConfigTree(Interpolation interpolation, Findings findings) {
        this.interpolation = interpolation;
        this.findings = findings;
    }

    /** By key, as {@link dev.logagent.api.option.OptionTable#validate} takes them. */
    Map<String, Object> values() {
        return values;
    }

    /** Where the value of that path stands, or null if no file gives it. */
    @Nullable Location location(List<String> path) {
        return locations.get(path);
    }

    /** Where the value, or the nearest table around it, stands; null if there is none. */
    @Nullable Location nearest(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            Location location = locations.get(path.subList(0, length));
            if (location != null) {
                return location;
            }
        }
        return null;
    }

    /** Whether the value is there but could not be resolved, which has been reported. */
    boolean isUnresolved(List<String> path) {
        return unresolved.contains(path);
    }

    /** Adds what one file says. A key that an earlier file has set already is a finding. */
    void add(SourceText text, TomlTable table) {
        addTable(text, table, values, List.of());
    }

    private void addTable(SourceText text, TomlTable table, Map<String, Object> into, List<String> path) {
        for (String key : table.keySet()) {
            Object given = table.get(List.of(key));
            if (given != null && !(path.isEmpty() && key.equals(ConfigTables.INCLUDE))) {
                addValue(text, key, given, into, child(path, key), locationOf(text, table, key));
            }
        }
    }

    private void addValue(
            SourceText text, String key, Object given, Map<String, Object> into, List<String> path, Location location) {
        Object before = into.get(key);
        if (given instanceof TomlTable table && (before == null || before instanceof Map)) {
            Map<String, Object> inner = mapOf(before);
            into.put(key, inner);
            locations.putIfAbsent(path, location);
            addTable(text, table, inner, path);
        } else if (given instanceof TomlArray array && (before == null || areTables(array, before))) {
            List<Object> inner = listOf(before);
            into.put(key, inner);
            locations.putIfAbsent(path, location);
            addElements(text, array, inner, path);
        } else if (before == null && !isUnresolved(path)) {
            Object value = scalar(given, path, location);
            if (value != null) {
                into.put(key, value);
            }
        } else {
            Location first = locations.getOrDefault(path, location);
            findings.add(Finding.at(
                    text,
                    location.key(),
                    "'" + key + "' is already set at " + first.seenFrom(location),
                    "keep one of the two"));
        }
    }

    private void addElements(SourceText text, TomlArray array, List<Object> into, List<String> path) {
        for (int i = 0; i < array.size(); i++) {
            Object element = array.get(i);
            List<String> place = child(path, Integer.toString(into.size()));
            Location location = locationOf(text, array, i);
            if (element instanceof TomlTable table) {
                Map<String, Object> inner = new LinkedHashMap<>();
                into.add(inner);
                locations.put(place, location);
                addTable(text, table, inner, place);
            } else if (element instanceof TomlArray nested) {
                List<Object> inner = new ArrayList<>();
                into.add(inner);
                locations.put(place, location);
                addElements(text, nested, inner, place);
            } else {
                Object value = scalar(element, place, location);
                // A place holder keeps the positions of the others right.
                into.add(value == null ? "" : value);
            }
        }
    }

    /** The value with <code>${…}</code> resolved, or null when that failed. */
    private @Nullable Object scalar(Object given, List<String> path, Location location) {
        if (!(given instanceof String string)) {
            locations.put(path, location);
            return given;
        }
        Outcome outcome = interpolation.resolve(string);
        locations.put(
                path,
                new Location(location.text(), location.key(), location.value(), outcome.inputs(), outcome.secret()));
        for (Fault fault : outcome.faults()) {
            unresolved.add(path);
            findings.add(Finding.at(location.text(), location.value(), fault.message(), fault.hint()));
        }
        return outcome.value();
    }

    private static Location locationOf(SourceText text, TomlTable table, String key) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        Span at = position == null ? Span.START : text.key(position.line(), position.column());
        TomlElement value = valueOf(table, key);
        TomlPosition valuePosition = value == null ? null : value.position();
        Span valueAt = valuePosition == null || valuePosition.equals(position)
                ? at
                : text.value(valuePosition.line(), valuePosition.column());
        return new Location(text, at, valueAt, List.of(), false);
    }

    private static @Nullable TomlElement valueOf(TomlTable table, String key) {
        var entry = table.entry(List.of(key));
        return entry == null ? null : entry.value();
    }

    private static Location locationOf(SourceText text, TomlArray array, int index) {
        TomlPosition position = array.inputPositionOf(index);
        if (position == null) {
            return new Location(text, Span.START, Span.START, List.of(), false);
        }
        boolean header = text.line(position.line()).startsWith("[[", text.index(position.line(), position.column()));
        Span at = header && array.isTable(index)
                ? text.key(position.line(), position.column())
                : text.value(position.line(), position.column());
        return new Location(text, at, at, List.of(), false);
    }

    private static boolean areTables(TomlArray array, Object before) {
        boolean allTables = before instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
        for (int i = 0; i < array.size(); i++) {
            allTables &= array.isTable(i);
        }
        return allTables;
    }

    @SuppressWarnings("unchecked") // only this class puts maps into the tree
    private static Map<String, Object> mapOf(@Nullable Object before) {
        return before == null ? new LinkedHashMap<>() : (Map<String, Object>) before;
    }

    @SuppressWarnings("unchecked") // only this class puts lists into the tree
    private static List<Object> listOf(@Nullable Object before) {
        return before == null ? new ArrayList<>() : (List<Object>) before;
    }

    private static List<String> child(List<String> path, String key) {
        List<String> whole = new ArrayList<>(path);
        whole.add(key);
        return List.copyOf(whole);
    }
}
