package dev.logagent.dist.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.Home;
import dev.logagent.dist.Invocation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The manual pages of the package say what {@code --help} says; {@code -DupdateGolden=true} writes them. */
final class ManPagesTest {

    private static final Path PAGES = Path.of("src/main/packaging/share/man/man1");

    private static Map<String, String> pages() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Map<String, String> pages = new TreeMap<>();
        add(Verbs.all(new Invocation(nowhere, nowhere, Map.of(), new Home(Optional.empty()))), pages);
        return pages;
    }

    private static void add(CommandLine command, Map<String, String> pages) {
        pages.put(ManPage.name(command.getCommandSpec()) + ".1", ManPage.of(command.getCommandSpec()));
        command.getSubcommands().values().forEach(verb -> add(verb, pages));
    }

    private static Map<String, String> packaged() throws IOException {
        Map<String, String> packaged = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) {
                packaged.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return packaged;
    }

    @Test
    void areUpToDate() throws IOException {
        Map<String, String> pages = pages();
        if (Boolean.getBoolean("updateGolden")) {
            Files.createDirectories(PAGES);
            for (String old : packaged().keySet()) {
                Files.delete(PAGES.resolve(old));
            }
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
            }
        }
        assertThat(packaged()).isEqualTo(pages);
    }

    @Test
    void areUnderstoodByGroff() throws IOException, InterruptedException {
        Path groff = Path.of("/usr/bin/groff");
        for (Path page : Files.isExecutable(groff)
                ? packaged().keySet().stream().map(PAGES::resolve).toList()
                : java.util.List.<Path>of()) {
            Process process = new ProcessBuilder(groff.toString(), "-man", "-ww", "-z", "-Tutf8", page.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as(page.toString())
                    .isEmpty();
            assertThat(process.waitFor()).isZero();
        }
    }
}
