package dev.logagent.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that keep the program readable: who may know whom, and how long a file may be. */
final class ArchitectureTest {

    private static final int LONGEST_FILE = 400;

    private static final Pattern EMPTY_NAMES = Pattern.compile(".*(Manager|Helper|Utils?|Impl)|Abstract.*");

    private static final String CORE = "dev.logagent.core";

    /** Stage by stage, whom each package of the core may use besides itself; {@code core} itself may use all. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("runtime", Set.of()),
            Map.entry("transport", Set.of()),
            Map.entry("events", Set.of("config")),
            Map.entry("alerts", Set.of("config", "events", "runtime", "status")),
            Map.entry("status", Set.of("ack", "discovery", "events")),
            Map.entry("discovery", Set.of("events", "runtime")),
            Map.entry("limits", Set.of("config")),
            Map.entry("inventory", Set.of("config", "discovery", "events", "parser")),
            Map.entry("ack", Set.of("discovery")),
            Map.entry("checkpoint", Set.of("ack", "discovery", "events", "runtime")),
            Map.entry("spool", Set.of("checkpoint", "events", "runtime")),
            Map.entry("deadletter", Set.of("checkpoint", "config", "runtime")),
            Map.entry("sender", Set.of("checkpoint", "config", "deadletter", "events", "runtime", "spool")),
            Map.entry("aggregator", Set.of("sender", "config", "runtime")),
            Map.entry("routing", Set.of("config")),
            Map.entry("redaction", Set.of("config", "events", "runtime")),
            Map.entry("regex", Set.of()),
            Map.entry("parser", Set.of("multiline", "config", "events", "regex", "runtime")),
            Map.entry("multiline", Set.of("config", "regex")),
            Map.entry("lines", Set.of("multiline", "events")),
            Map.entry("input", Set.of("ack", "discovery", "events", "limits", "lines", "runtime")),
            Map.entry("journald", Set.of("ack", "config", "events", "input", "lines")),
            Map.entry("kmsg", Set.of("ack", "config", "events", "input")),
            Map.entry("stdin", Set.of("ack", "events", "input", "lines")),
            Map.entry("syslog", Set.of("ack", "config", "events", "input", "runtime")),
            Map.entry(
                    "detector",
                    Set.of(
                            "discovery",
                            "limits",
                            "multiline",
                            "ack",
                            "config",
                            "events",
                            "input",
                            "lines",
                            "runtime")));

    private final JavaClasses core = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CORE);

    private static Path root() {
        Path module = Path.of("").toAbsolutePath();
        return Files.exists(module.resolve("agent-core"))
                ? module
                : module.resolve("..").normalize();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root())) {
            for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml")))
                    .toList()) {
                Path source = module.resolve("src");
                if (Files.exists(source)) {
                    try (Stream<Path> files = Files.walk(source)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    @Test
    void coreKnowsNoCommandLineNoFileFormatNoWebServerAndNoTransport() {
        classes()
                .that()
                .resideInAPackage(CORE + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        CORE + "..",
                        "dev.logagent.api..",
                        "java..",
                        "javax.net.ssl..",
                        "com.sun.management..", // of every JDK: the processor time of this process
                        "org.slf4j..",
                        "com.fasterxml.jackson.core..",
                        "com.google.re2j..",
                        "org.jspecify.annotations..")
                .check(core);
    }

    @Test
    void packagesOfTheCoreHaveNoCycles() {
        slices().matching(CORE + ".(*)..").should().beFreeOfCycles().check(core);
    }

    @Test
    void stagesKnowOnlyThoseTheyHandOverTo() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass user : core) {
            String from = stage(user);
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(used -> used.getPackageName().startsWith(CORE))
                    .filter(used -> !stage(used).equals(from) && !from.isEmpty())
                    .filter(used -> !MAY_USE.getOrDefault(from, Set.of()).contains(stage(used)))
                    .forEach(used -> wrong.add(user.getSimpleName() + " of " + from + " uses " + used.getName()));
        }
        assertThat(wrong).isEmpty();
    }

    private static String stage(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(CORE) ? "" : name.substring(CORE.length() + 1);
    }

    @Test
    void noSourceFileIsLongerThanFourHundredLines() throws IOException {
        Map<String, Integer> tooLong = new java.util.TreeMap<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                tooLong.put(file.getFileName().toString(), lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void namesSayWhatAClassDoes() throws IOException {
        assertThat(sources())
                .isNotEmpty()
                .noneMatch(file -> EMPTY_NAMES
                        .matcher(file.getFileName().toString().replace(".java", ""))
                        .matches());
    }
}
