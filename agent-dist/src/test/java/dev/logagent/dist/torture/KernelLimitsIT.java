package dev.logagent.dist.torture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The limits of inotify are reached, in a user name space, where they are the agent's alone. Only the host has a limit for the
 * queue: {@link LifecycleIT} fills it as it is.
 */
final class KernelLimitsIT {

    private final Scene scene;

    KernelLimitsIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @ParameterizedTest
    @CsvSource({"max_inotify_watches, 8", "max_inotify_instances, 1"})
    @DisplayName("T45: the system's limits of inotify")
    void losesNothingWhereTheHostWatchesLittle(String limit, int value) throws Exception {
        scene.follow("logs/**/*.log");
        List<LogFile> files = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            files.add(scene.log("d" + i + "/app.log").lines(10));
        }
        scene.startBy(Faults.apart("echo " + value + " > /proc/sys/user/" + limit));
        scene.awaitAll();
        Faults.signal(scene.agent().pid(), "STOP");
        for (LogFile file : files) {
            file.lines(10).rotateTo(file.path().resolveSibling("app.log.1"));
            file.lines(10);
        }
        Faults.signal(scene.agent().pid(), "CONT");
        scene.log("new/folder/app.log").lines(10);
        scene.verifyOnce();
    }
}
