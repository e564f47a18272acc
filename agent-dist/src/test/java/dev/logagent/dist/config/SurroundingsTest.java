package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SurroundingsTest {

    @TempDir
    Path folder;

    @Test
    void keepsStateWithTheSystemWhereItMay() throws Exception {
        Surroundings surroundings = Configs.in(folder).surroundings();
        Files.createDirectory(folder.resolve("state"));

        assertThat(surroundings.defaultStateDirectory()).isEqualTo(folder.resolve("state"));
    }

    @Test
    void keepsStateWithTheUserElsewhere() {
        Surroundings nobody = Configs.in(folder).surroundings();

        assertThat(nobody.stateDirectoryOfUser())
                .hasToString(System.getProperty("user.home") + "/.local/state/log-agent");
        assertThat(with(Map.of("HOME", "/home/me")).stateDirectoryOfUser())
                .isEqualTo(Path.of("/home/me/.local/state/log-agent"));
        assertThat(with(Map.of("HOME", "/home/me", "XDG_STATE_HOME", "/s")).stateDirectoryOfUser())
                .isEqualTo(Path.of("/s/log-agent"));
        assertThat(with(Map.of("HOME", "/home/me", "XDG_STATE_HOME", "relative"))
                        .stateDirectoryOfUser())
                .isEqualTo(Path.of("/home/me/.local/state/log-agent"));
    }

    @Test
    void resolvesPathsFromTheWorkingDirectory() {
        Surroundings surroundings = Configs.in(folder).surroundings();

        assertThat(surroundings.absolute("a/../b")).isEqualTo(folder.resolve("a/../b"));
        assertThat(surroundings.absolute("./b")).isEqualTo(folder.resolve("b"));
        assertThat(surroundings.absolute("/b")).isEqualTo(Path.of("/b"));
        assertThat(surroundings.absolute("~/b")).isEqualTo(folder.resolve("~/b"));
    }

    @Test
    void knowsThisProcess() {
        Surroundings process = Surroundings.ofProcess();

        assertThat(process.hostName()).isNotEmpty();
        assertThat(process.workingDirectory()).isAbsolute();
        assertThat(process.defaultStateDirectory()).isAbsolute();
    }

    private Surroundings with(Map<String, String> variables) {
        return Configs.in(folder).with(variables).surroundings();
    }
}
