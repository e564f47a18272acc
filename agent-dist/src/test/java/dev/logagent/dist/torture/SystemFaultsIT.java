package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.packaged.AgentProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The system refuses for a while what it otherwise does. */
final class SystemFaultsIT {

    private final Scene scene;

    SystemFaultsIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"EIO", "ESTALE", "EACCES"})
    @DisplayName("T45: a file cannot be read for a while, though it is open")
    void readsOnWhenAnOpenFileCanBeReadAgain(String error) throws Exception {
        Path rotated = scene.path("app.log.1");
        LogFile log = scene.log("app.log").lines(100);
        AgentProcess agent = scene.start();
        scene.awaitAll();
        try (Faults.Injection fault = Faults.inject(agent.pid(), "pread64", error, log.path(), rotated)) {
            assertThat(fault.isEffective()).isTrue();
            log.lines(100);
            agent.awaitLog("cannot read .*app.log");
            log.rotateTo(rotated);
            log.lines(100);
        }
        scene.awaitAll();
        log.lines(100);
        scene.verifyOnce();
        assertThat(agent.said("can be read again")).as(agent::output).isPositive();
    }
}
