package dev.logagent.dist.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerfileIT {

    @TempDir
    Path folder;

    @Test
    void passesTheLinters() throws Exception {
        lint(Dockerfile.file()).succeed();
    }

    @Test
    void theLintersFindMistakes() throws Exception {
        Files.copy(Dockerfile.file().resolveSibling(".dockerfilelintrc"), folder.resolve(".dockerfilelintrc"));
        Path unknown = Files.writeString(folder.resolve("unknown"), "FROM scratch\nHEALTHCEK CMD true\n");
        Path careless = Files.writeString(folder.resolve("careless"), "FROM debian:latest\n");

        assertThat(lint(unknown).run().output()).contains("Unknown instruction: HEALTHCEK");
        assertThat(lint(careless).run().exitCode()).isPositive();
    }

    @Test
    void takesOfficialImagesByVersionAndRunsAsAUserOfItsOwn() throws Exception {
        Dockerfile dockerfile = Dockerfile.read();

        assertThat(dockerfile.instructions().stream()
                        .filter(instruction -> instruction.name().equals("FROM"))
                        .map(instruction -> instruction.words().get(0)))
                .allMatch(image -> image.matches("[a-z-]+:\\d[\\w.-]+"));
        assertThat(dockerfile.last("FROM").words().get(0))
                .startsWith("eclipse-temurin:")
                .contains("-jre");
        assertThat(Integer.parseInt(dockerfile.last("USER").rest())).isPositive();
    }

    private static Command lint(Path file) {
        return new Command(
                Command.repository(),
                Command.repository().resolve("scripts/lint-dockerfile.sh").toString(),
                file.toString());
    }
}
