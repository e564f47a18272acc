package dev.logagent.dist.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageIT {

    @TempDir
    Path folder;

    @Test
    void namesTheLicenceOfEveryJar() throws Exception {
        String list = Files.readString(PackagedProgram.home().resolve("licenses/THIRD-PARTY.md"));

        assertThat(jars()).isNotEmpty().allSatisfy(jar -> assertThat(list).contains("`" + jar + "`"));
        assertThat(Files.readString(PackagedProgram.home().resolve("LICENSE"))).contains("Apache License");
    }

    @Test
    void keepsSharedPackagesOutOfTransports() throws Exception {
        try (Stream<Path> files = Files.walk(PackagedProgram.home().resolve("transports"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("transport-http.jar")
                    .noneMatch(name -> name.startsWith("agent-") || name.startsWith("slf4j"));
        }
    }

    @Test
    void archiveHoldsTheSameProgramReadyToRun() throws Exception {
        Path archive = PackagedProgram.home().resolveSibling("log-agent.tar.gz");
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Path home = folder.resolve("log-agent");

        assertThat(relativeFiles(home)).isEqualTo(relativeFiles(PackagedProgram.home()));
        PackagedProgram program = new PackagedProgram(PackagedProgram.launcher(home), folder);
        assertThat(program.run("--version")).isZero();
        assertThat(program.out()).isEqualTo("log-agent " + Version.text() + "\n");
    }

    @Test
    void exampleConfigurationIsValid() throws Exception {
        PackagedProgram program = new PackagedProgram(PackagedProgram.launcher(PackagedProgram.home()), folder);
        Path example = PackagedProgram.home().resolve("log-agent.config.example");

        assertThat(program.run("validate", "--config", example.toString())).isZero();
    }

    private static List<String> jars() throws Exception {
        return relativeFiles(PackagedProgram.home()).stream()
                .filter(file -> file.endsWith(".jar"))
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .filter(jar -> !jar.matches("(agent|receiver|transport)-.*"))
                .toList();
    }

    /** All but the classes that an earlier run has kept ready. */
    private static List<String> relativeFiles(Path home) throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .filter(file -> !file.startsWith("cache/"))
                    .sorted()
                    .toList();
        }
    }
}
