package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every message, word for word: each {@code NAME.toml} gives {@code NAME.txt}. After a wanted change, run the tests with
 * {@code -DupdateGolden=true} and look at the difference.
 */
final class ConfigErrorsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/config-errors");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> saysWhatIsWrong() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            List<Path> configs = files.filter(file -> file.toString().endsWith(".toml"))
                    .sorted()
                    .toList();
            assertThat(configs).isNotEmpty();
            return configs.stream().map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> compare(file)));
        }
    }

    private void compare(Path config) throws IOException {
        String name = String.valueOf(config.getFileName());
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("pin"), "12\n");
        Configs configs =
                Configs.in(folder).with(Map.of("LEVEL", "high", "EMPTY", "")).write(name, Files.readString(config));
        String report = problems(configs, name).replace(folder.toString(), "FOLDER");
        Path expected = config.resolveSibling(name.replace(".toml", ".txt"));
        if (Boolean.getBoolean("updateGolden")) {
            Files.writeString(expected, report);
        }
        assertThat(report).isEqualTo(Files.readString(expected));
        assertThat(report).doesNotContain("hunter");
    }

    private static String problems(Configs configs, String name) {
        try {
            ConfigDocument.read(Path.of(name), configs.surroundings()).validate(new TestTransports());
        } catch (ConfigException e) {
            return new ProblemPrinter(false).render(e.problems());
        }
        throw new AssertionError(name + " has nothing wrong");
    }

    @Test
    void findsSevenFaultsInOneRun() throws IOException {
        String report = Files.readString(GOLDEN.resolve("seven-faults.txt"));

        assertThat(report.lines().filter(line -> line.startsWith("seven-faults.toml:")))
                .hasSize(7);
        assertThat(report).endsWith("7 problems. Nothing was started.\n");
    }
}
