package dev.logagent.dist.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Collects all that is wrong, and drops what may only seem wrong because a syntax error is near. Not thread-safe. */
final class Findings {

    /** What is no TOML at all has a syntax error in nearly every line; nobody reads them. */
    private static final int MOST_SYNTAX_ERRORS = 20;

    private final List<Finding> all = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    /** Findings in this file come after those in the files named before. */
    void file(String label) {
        files.add(label);
    }

    /** None, in the same files. */
    Findings none() {
        Findings none = new Findings();
        none.files.addAll(files);
        return none;
    }

    void add(Finding finding) {
        all.add(finding);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** What is to be shown, by position. */
    List<Problem> problems(SecretMask mask) {
        List<Finding> syntax = all.stream().filter(Finding::syntax).toList();
        Stream<Finding> others = all.stream()
                .filter(finding -> !finding.syntax() && syntax.stream().noneMatch(error -> mayCause(error, finding)));
        return Stream.concat(readable(syntax), others)
                .sorted(Comparator.comparingInt((Finding finding) -> files.indexOf(finding.file()))
                        .thenComparingInt(Finding::line)
                        .thenComparingInt(Finding::column))
                .map(mask::problem)
                .distinct()
                .toList();
    }

    /** The first error of each line, and of each file no more than anybody reads. */
    private static Stream<Finding> readable(List<Finding> syntax) {
        Map<String, Map<Integer, Finding>> byFile = new LinkedHashMap<>();
        syntax.forEach(error ->
                byFile.computeIfAbsent(error.file(), file -> new TreeMap<>()).putIfAbsent(error.line(), error));
        return byFile.values().stream().flatMap(lines -> first(List.copyOf(lines.values())).stream());
    }

    private static List<Finding> first(List<Finding> errors) {
        int more = errors.size() - MOST_SYNTAX_ERRORS;
        if (more <= 1) {
            return errors;
        }
        List<Finding> shown = new ArrayList<>(errors.subList(0, MOST_SYNTAX_ERRORS));
        Finding next = errors.get(MOST_SYNTAX_ERRORS);
        shown.add(new Finding(
                true,
                next.file(),
                next.text(),
                next.span(),
                "and " + more + " more lines, from here on, are not TOML",
                "is this a configuration?",
                null,
                next.hidesValue()));
        return shown;
    }

    private static boolean mayCause(Finding error, Finding finding) {
        SourceText text = error.text();
        if (text == null) {
            return false;
        }
        String missing = finding.missing();
        if (missing != null) {
            // It may be there, but where the parser could not see it.
            return text
                    .lines()
                    .subList(Math.max(0, error.line() - 1), text.lines().size())
                    .stream()
                    .anyMatch(line -> mentions(line, missing));
        }
        if (!error.file().equals(finding.file())) {
            return false;
        }
        return finding.line() == error.line()
                || (text.line(error.line()).strip().startsWith("[")
                        && finding.line() > error.line()
                        && finding.line() < nextHeader(text, error.line()));
    }

    private static boolean mentions(String line, String missing) {
        String start = line.strip();
        return start.startsWith(missing) || (start.startsWith("[") && start.contains(missing));
    }

    /** After a header that could not be read, keys seem to belong to the table before it. */
    private static int nextHeader(SourceText text, int line) {
        for (int i = line + 1; i <= text.lines().size(); i++) {
            if (text.line(i).strip().startsWith("[")) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }
}
