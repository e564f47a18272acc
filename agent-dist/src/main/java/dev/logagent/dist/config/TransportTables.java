package dev.logagent.dist.config;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.Options;
import dev.logagent.api.option.Suggestion;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.TransportFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks {@code send_type} and {@code [transport.NAME]}. For one use. */
final class TransportTables {

    private static final List<String> TRANSPORT = List.of(ConfigTables.TRANSPORT);

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;
    private final Transports transports;

    TransportTables(ConfigTree tree, ProblemPlaces places, Findings findings, Transports transports) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
        this.transports = transports;
    }

    /** The part of the transport that is used, or null when it is not known well enough to make one. */
    @Nullable TransportConfig check(Options global) {
        Map<String, String> tables = tables();
        Optional<TransportFactory> used = used(global);
        if (used.isEmpty()) {
            return null;
        }
        TransportFactory factory = used.get();
        String key = tables.getOrDefault(factory.name(), factory.name());
        List<OptionProblem> problems = new ArrayList<>();
        Options options = factory.options().validate(raw(key), problems::add);
        problems.forEach(problem -> places.locate(problem.within(path(key))).ifPresent(findings::add));
        Optional<String> endPoint = global.optionalString(GlobalTable.END_POINT);
        if (!problems.isEmpty() || endPoint.isEmpty()) {
            return null;
        }
        Format format = global.optionalString(GlobalTable.FORMAT)
                .map(name -> Format.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(null);
        Compression compression =
                Compression.valueOf(global.string(GlobalTable.COMPRESSION).toUpperCase(Locale.ROOT));
        return new TransportConfig(factory, key, endPoint.get(), options, format, compression);
    }

    /** The key of each transport's table as it is written, by the transport's name. */
    private Map<String, String> tables() {
        Map<String, String> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Object raw = tree.values().get(ConfigTables.TRANSPORT);
        if (raw != null && !(raw instanceof Map)) {
            findings.add(
                    places.at(TRANSPORT, Place.KEY, "'transport' must be a table", "write it as [transport.NAME]"));
        }
        if (raw instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String key = String.valueOf(entry.getKey());
                String twin = tables.putIfAbsent(key, key);
                check(key, entry.getValue(), twin);
            }
        }
        return tables;
    }

    private void check(String key, @Nullable Object value, @Nullable String twin) {
        String header = ProblemPlaces.header(path(key));
        if (transports.find(key).isEmpty()) {
            findings.add(places.at(path(key), Place.KEY, unknown(key) + " in " + header, instead(key)));
        } else if (!(value instanceof Map)) {
            findings.add(places.at(path(key), Place.KEY, header + " must be one table", "write it as " + header));
        } else if (twin != null) {
            findings.add(places.at(
                    path(key),
                    Place.KEY,
                    header + " is the same table as " + ProblemPlaces.header(path(twin)),
                    "keep one of the two"));
        }
    }

    private Optional<TransportFactory> used(Options global) {
        Optional<String> sendType = global.optionalString(GlobalTable.SEND_TYPE);
        Optional<TransportFactory> used = sendType.flatMap(transports::find);
        if (sendType.isPresent() && used.isEmpty()) {
            places.locate(new OptionProblem(
                            List.of(ConfigTables.GLOBAL, GlobalTable.SEND_TYPE),
                            Place.VALUE,
                            unknown(sendType.get()),
                            instead(sendType.get())))
                    .ifPresent(findings::add);
        }
        return used;
    }

    private String unknown(String name) {
        return "unknown transport '" + name + "'";
    }

    private @Nullable String instead(String name) {
        String nearest = Suggestion.nearest(name, transports.names());
        String installed = transports.names().isEmpty() ? "none" : String.join(", ", transports.names());
        return (nearest == null ? "" : "did you mean '" + nearest + "'? ")
                + "installed: " + installed + "; looked in "
                + transports.searched().stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private Map<String, Object> raw(String key) {
        return tree.values().get(ConfigTables.TRANSPORT) instanceof Map<?, ?> all
                        && all.get(key) instanceof Map<?, ?> own
                ? Validation.keyed(own)
                : Map.of();
    }

    private static List<String> path(String key) {
        return List.of(ConfigTables.TRANSPORT, key);
    }
}
