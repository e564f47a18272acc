package dev.logagent.dist.config;

import dev.logagent.api.option.Interpolated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/** Reads one configuration file and all that it includes into a tree. For one use, in one thread. */
final class ConfigReader {

    private final Surroundings surroundings;
    private final Interpolation interpolation;
    private final Findings findings;
    private final ConfigTree tree;
    private final List<Path> files = new ArrayList<>();
    private final Set<Path> read = new HashSet<>();
    private final Set<Path> includeFolders = new LinkedHashSet<>();
    private final Deque<Open> open = new ArrayDeque<>();

    ConfigReader(Surroundings surroundings, Findings findings) {
        this.surroundings = surroundings;
        this.interpolation = new Interpolation(surroundings);
        this.findings = findings;
        this.tree = new ConfigTree(interpolation, findings);
    }

    /** A file that is being read. */
    private record Open(Path real, String label) {}

    /** Reads the file and gives its text, empty if it cannot be read; what is wrong goes to the findings. */
    SourceText read(Path file) {
        String name = file.toString();
        String label = name.startsWith("./") ? name.substring(2) : name;
        return read(surroundings.workingDirectory().resolve(file), label);
    }

    ConfigTree tree() {
        return tree;
    }

    /** All files that were read, in order. */
    List<Path> files() {
        return files;
    }

    /** The files whose contents have been put in, by <code>${file:…}</code>. */
    Set<Path> putIn() {
        return interpolation.files();
    }

    /** The folders in which included files were looked for. */
    Set<Path> includeFolders() {
        return includeFolders;
    }

    private SourceText read(Path file, String label) {
        findings.file(label);
        try {
            SourceText text = SourceText.read(file, label);
            Path real = file.toRealPath();
            read.add(real);
            files.add(file);
            open.addLast(new Open(real, label));
            parse(file, text);
            open.removeLast();
            return text;
        } catch (SourceText.UnreadableException e) {
            findings.add(e.finding());
        } catch (IOException e) {
            findings.add(Finding.ofFile(label, "cannot be read: " + e.getMessage(), null));
        }
        return SourceText.of(label, "");
    }

    private void parse(Path file, SourceText text) {
        TomlParseResult result = Toml.parse(text.text());
        result.errors().forEach(error -> findings.add(TomlSyntax.finding(text, error)));
        tree.add(text, result);
        Object include = result.get(List.of(ConfigTables.INCLUDE));
        if (include instanceof TomlArray patterns) {
            for (int i = 0; i < patterns.size(); i++) {
                var position = patterns.inputPositionOf(i);
                Span span = position == null ? Span.START : text.value(position.line(), position.column());
                include(file, text, span, patterns.get(i));
            }
        } else if (include != null) {
            var entry = result.entry(List.of(ConfigTables.INCLUDE));
            var position = entry == null ? null : entry.value().position();
            include(
                    file,
                    text,
                    position == null ? Span.START : text.value(position.line(), position.column()),
                    include);
        }
    }

    private void include(Path file, SourceText text, Span span, Object pattern) {
        if (!(pattern instanceof String string)) {
            findings.add(Finding.at(text, span, "'include' must be a list of strings", null));
            return;
        }
        Interpolation.Outcome outcome = interpolation.resolve(string);
        outcome.faults().forEach(fault -> findings.add(Finding.at(text, span, fault.message(), fault.hint())));
        Object resolved = outcome.value();
        if (resolved == null) {
            return;
        }
        Path folder = parent(file);
        String wanted = resolved instanceof Interpolated i ? i.text() : resolved.toString();
        includeFolders.add(folder.resolve(wanted.substring(0, wanted.lastIndexOf('/') + 1)));
        IncludeFiles.Matches matches = IncludeFiles.expand(folder, wanted);
        String fault = matches.fault();
        if (fault != null) {
            String where = fault.startsWith("no such file") ? "it is looked for in " + folder : null;
            findings.add(Finding.at(text, span, fault, where));
        }
        for (Path match : matches.files()) {
            Path labelFolder = Path.of(text.label()).getParent();
            String label = (labelFolder == null ? match : labelFolder.resolve(match))
                    .normalize()
                    .toString();
            include(folder.resolve(match), label, text, span);
        }
    }

    private void include(Path file, String label, SourceText from, Span span) {
        Path real = file;
        try {
            real = file.toRealPath();
        } catch (IOException unreadable) {
            // Reading it says why.
        }
        if (open.stream().map(Open::real).anyMatch(real::equals)) {
            StringBuilder chain = new StringBuilder();
            open.forEach(each -> chain.append(each.label()).append(" -> "));
            findings.add(Finding.at(from, span, "files include each other: " + chain + label, null));
        } else if (!read.contains(real)) {
            read(file, label);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
