package dev.logagent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeartbeatTest {

    private static final int CODE = 7;

    @TempDir
    Path folder;

    @Test
    void theFileIsThereAsLongAsTheWorkGoesOn() throws Exception {
        Path file = folder.resolve("alive");
        int code = Heartbeat.during(Map.of(Heartbeat.VARIABLE, file.toString()), () -> {
            assertThat(file).isRegularFile();
            return CODE;
        });

        assertThat(code).isEqualTo(CODE);
        assertThat(file).doesNotExist();
    }

    @Test
    void theFileIsNotTouchedWhileAWorkerIsStuck() throws Exception {
        Path file = folder.resolve("alive");
        int code = Heartbeat.during(Map.of(Heartbeat.VARIABLE, file.toString()), () -> false, () -> {
            assertThat(file).doesNotExist();
            return CODE;
        });

        assertThat(code).isEqualTo(CODE);
    }

    @Test
    void aFileOfAnEarlierProcessIsTakenOver() throws Exception {
        Path file = Files.createFile(folder.resolve("alive"));

        assertThat(Heartbeat.during(Map.of(Heartbeat.VARIABLE, file.toString()), () -> CODE))
                .isEqualTo(CODE);
        assertThat(file).doesNotExist();
    }

    @Test
    void theWorkIsDoneEvenIfNothingCanBeShown() throws Exception {
        String file = folder.resolve("missing/alive").toString();

        assertThat(Heartbeat.during(Map.of(Heartbeat.VARIABLE, file), () -> CODE))
                .isEqualTo(CODE);
        assertThat(Heartbeat.during(Map.of(Heartbeat.VARIABLE, ""), () -> CODE)).isEqualTo(CODE);
        assertThat(Heartbeat.during(Map.of(), () -> CODE)).isEqualTo(CODE);
        assertThat(folder).isEmptyDirectory();
    }
}
