package dev.logagent.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFolderTest {

    @TempDir
    Path folder;

    @Test
    void makesTheFolderForItsOwnerOnly() throws IOException {
        Path path = folder.resolve("deep/state");

        try (StateFolder state = StateFolder.open(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void refusesASecondAgentAndLeavesTheFirstAlone() throws IOException {
        try (StateFolder first = StateFolder.open(folder)) {
            assertThatThrownBy(() -> StateFolder.open(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(first.path().toString(), "in use by another log-agent");
        }
    }

    @Test
    void letsTheNextAgentInWhenTheFirstIsGone() throws IOException {
        StateFolder.open(folder).close();

        assertThat(StateFolder.open(folder).path()).isEqualTo(folder);
    }

    @Test
    void takesTheFolderAgainThatSomebodyHasDeleted() throws IOException {
        Path path = folder.resolve("state");
        try (StateFolder state = StateFolder.open(path)) {
            Files.delete(path.resolve("lock"));
            Files.delete(path);

            state.keep();
            state.keep();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            assertThatThrownBy(() -> StateFolder.open(path)).hasMessageContaining("in use by another log-agent");
        }
    }

    @Test
    void leavesTheFolderToAnAgentThatHasTakenItSinceItWasDeleted() throws IOException {
        try (StateFolder state = StateFolder.open(folder)) {
            Files.delete(folder.resolve("lock"));
            try (StateFolder other = StateFolder.open(folder)) {
                assertThatThrownBy(state::keep)
                        .hasMessageContainingAll(
                                "another log-agent has taken", other.path().toString());
            }
        }
    }

    @Test
    void refusesAFolderThatEveryoneMayWrite() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> StateFolder.open(folder)).hasMessageContaining("chmod 700 " + folder);
    }

    @Test
    void saysWhatToDoWhereTheFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> StateFolder.open(file.resolve("state")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("set state_dir");
    }
}
