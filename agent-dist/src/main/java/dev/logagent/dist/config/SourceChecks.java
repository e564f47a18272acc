package dev.logagent.dist.config;

import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionProblem.Place;
import dev.logagent.api.option.Options;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.config.ParserConfig;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is to be checked of sources beyond types and ranges: names, paths, globs. */
final class SourceChecks {

    private static final List<String> MULTILINE = List.of(
            SourceTable.MULTILINE,
            SourceTable.MULTILINE_START,
            SourceTable.MULTILINE_CONTINUE,
            SourceTable.MULTILINE_END);

    private final ConfigTree tree;
    private final ProblemPlaces places;
    private final Findings findings;
    private final Surroundings surroundings;
    private final List<Syslog> ports = new ArrayList<>();
    private int stdin;

    SourceChecks(ConfigTree tree, ProblemPlaces places, Findings findings, Surroundings surroundings) {
        this.tree = tree;
        this.places = places;
        this.findings = findings;
        this.surroundings = surroundings;
    }

    void check(List<Options> sources) {
        Map<String, List<String>> names = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            Options source = sources.get(i);
            String index = Integer.toString(i);
            source.optionalString(SourceTable.NAME)
                    .ifPresent(name -> name(name, List.of(ConfigTables.SOURCES, index, SourceTable.NAME), names));
            type(source, index);
            paths(source, index, SourceTable.LOG_PATH);
            paths(source, index, SourceTable.EXCLUDE);
            parser(source, index);
            linesOf(source, index);
        }
    }

    private void type(Options source, String index) {
        String type = source.string(SourceTable.TYPE);
        for (Map.Entry<String, String> key : new TreeMap<>(SourceTable.TYPE_OF).entrySet()) {
            if (source.has(key.getKey()) && !key.getValue().equals(type)) {
                report(
                        List.of(ConfigTables.SOURCES, index, key.getKey()),
                        "'" + key.getKey() + "' is not for 'type = \"" + type + "\"'",
                        "it is for 'type = \"" + key.getValue() + "\"'");
            }
        }
        if (type.equals(SourceTable.FILE) && !isWrong(index, type) && !isGiven(index, SourceTable.LOG_PATH)) {
            missing(index, SourceTable.LOG_PATH, SourceTable.LOG_PATH_DOC);
        }
        if (type.equals(SourceTable.SYSLOG)) {
            syslog(source, index);
        }
        if (type.equals(SourceTable.STDIN) && stdin++ > 0) {
            report(List.of(ConfigTables.SOURCES, index, SourceTable.TYPE), "there is only one standard input", null);
        }
        if (!type.equals(SourceTable.FILE) && !type.equals(SourceTable.STDIN)) {
            for (String key : MULTILINE) {
                if (source.has(key)) {
                    report(
                            List.of(ConfigTables.SOURCES, index, key),
                            "'" + key + "' is for files and standard input only",
                            "here every message is an event already");
                }
            }
        }
    }

    private void syslog(Options source, String index) {
        if (!isGiven(index, SourceTable.LISTEN)) {
            missing(index, SourceTable.LISTEN, "address and port to listen on, such as 127.0.0.1:5514");
        }
        Syslog syslog = SyslogSource.of(
                source,
                surroundings,
                (key, message) -> report(List.of(ConfigTables.SOURCES, index, key), message, null));
        if (syslog == null) {
            return;
        }
        if (ports.stream().anyMatch(syslog::collidesWith)) {
            report(
                    List.of(ConfigTables.SOURCES, index, SourceTable.LISTEN),
                    "another source listens on this port already",
                    "give each source a port of its own");
        }
        ports.add(syslog);
    }

    /** Whether another type was meant, which there is not. */
    private boolean isWrong(String index, String type) {
        if (tree.values().get(ConfigTables.SOURCES) instanceof List<?> all
                && all.get(Integer.parseInt(index)) instanceof Map<?, ?> table) {
            Object given = table.get(SourceTable.TYPE);
            return given != null && !given.toString().equalsIgnoreCase(type);
        }
        return false;
    }

    private boolean isGiven(String index, String key) {
        return tree.location(List.of(ConfigTables.SOURCES, index, key)) != null;
    }

    private void missing(String index, String key, String hint) {
        places.locate(new OptionProblem(
                        List.of(ConfigTables.SOURCES, index, key), Place.TABLE, "'" + key + "' is missing", hint))
                .ifPresent(findings::add);
    }

    private void parser(Options source, String index) {
        boolean isRegex = source.optionalString(SourceTable.PARSER)
                .filter(ParserConfig.REGEX::equals)
                .isPresent();
        if (isRegex && tree.location(List.of(ConfigTables.SOURCES, index, SourceTable.PATTERN)) == null) {
            report(
                    List.of(ConfigTables.SOURCES, index, SourceTable.PARSER),
                    "'parser = \"regex\"' needs a 'pattern'",
                    "for example pattern = '(?P<level>[A-Z]+) (?P<message>.*)'");
        } else if (!isRegex && source.has(SourceTable.PATTERN)) {
            report(
                    List.of(ConfigTables.SOURCES, index, SourceTable.PATTERN),
                    "'pattern' is only for 'parser = \"regex\"'",
                    null);
        }
    }

    private void linesOf(Options source, String index) {
        boolean isWide = source.optionalString(SourceTable.ENCODING)
                .filter(encoding -> Encodings.fault(SourceTable.ENCODING, encoding) == null)
                .flatMap(Encodings::named)
                .filter(encoding -> encoding.name().startsWith("UTF-16"))
                .isPresent();
        for (String key : MULTILINE) {
            if (isWide && source.has(key)) {
                report(
                        List.of(ConfigTables.SOURCES, index, key),
                        "'" + key + "' cannot be used with an 'encoding' of UTF-16",
                        "leave it out: each line is an event then");
            }
        }
        if (isWide && source.has(SourceTable.SKIP_LINES)) {
            report(
                    List.of(ConfigTables.SOURCES, index, SourceTable.SKIP_LINES),
                    "'" + SourceTable.SKIP_LINES + "' cannot be used with an 'encoding' of UTF-16",
                    null);
        }
        if (source.has(SourceTable.MULTILINE)) {
            for (String key : MULTILINE) {
                if (source.has(key) && !key.equals(SourceTable.MULTILINE)) {
                    report(
                            List.of(ConfigTables.SOURCES, index, key),
                            "'" + key + "' cannot be combined with 'multiline'",
                            "leave one of them out");
                }
            }
        }
    }

    private void name(String name, List<String> path, Map<String, List<String>> names) {
        List<String> before = names.putIfAbsent(name, path);
        Location first = before == null ? null : tree.location(before);
        Location second = tree.location(path);
        if (first != null && second != null) {
            report(
                    path,
                    "source name '" + name + "' is already used at " + first.seenFrom(second),
                    "give each source a name of its own");
        }
    }

    private void paths(Options source, String index, String key) {
        List<String> paths = source.list(key);
        List<String> whole = List.of(ConfigTables.SOURCES, index, key);
        boolean given = tree.location(whole) != null;
        if (given && paths.isEmpty() && source.has(key) && key.equals(SourceTable.LOG_PATH)) {
            report(whole, "'" + key + "' must not be empty", null);
        }
        for (int i = 0; i < paths.size(); i++) {
            List<String> element = List.of(ConfigTables.SOURCES, index, key, Integer.toString(i));
            path(key, paths.get(i), tree.location(element) == null ? whole : element);
        }
    }

    private void path(String key, String path, List<String> place) {
        if (path.isBlank()) {
            report(place, "'" + key + "' must not be empty", null);
            return;
        }
        String fault = isGlob(path) ? TableChecks.glob(path) : null;
        String invalid = TableChecks.path(key, path);
        if (invalid != null) {
            report(place, invalid, null);
        } else if (fault != null) {
            report(place, "'" + key + "' is not a valid glob: " + fault, null);
        } else if (!isGlob(path)
                && key.equals(SourceTable.LOG_PATH)
                && Files.isDirectory(surroundings.absolute(path))) {
            report(
                    place,
                    "'" + key + "' is a directory: " + path,
                    "to read the files in it, write '" + path + (path.endsWith("/") ? "" : "/") + "*.log'");
        }
    }

    private static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private void report(List<String> path, String message, @Nullable String hint) {
        places.locate(new OptionProblem(path, Place.VALUE, message, hint)).ifPresent(findings::add);
    }
}
