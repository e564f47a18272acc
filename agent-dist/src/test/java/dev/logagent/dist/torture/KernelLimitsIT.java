package dev.logagent.dist.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The limits of inotify are reached: those of a user name space, which are the agent's alone, and that of the queue, which only
 * the host has.
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

    /** Lets the agent start under a limit of its own or, where there is none of that kind, of the host; that is put back. */
    private void startUnder(String limit, int value) throws Exception {
        Path own = Path.of("/proc/sys/user", limit.replace("max_user_", "max_inotify_"));
        if (Files.exists(own)) {
            scene.startBy(Faults.apart("echo " + value + " > " + own));
            return;
        }
        Path ofHost = Path.of("/proc/sys/fs/inotify", limit);
        String before = Files.readString(ofHost);
        try {
            Files.writeString(ofHost, Integer.toString(value));
        } catch (IOException e) {
            scene.start(); // not ours to change: then the queue is filled as it is
            return;
        }
        try {
            scene.start();
        } finally {
            Files.writeString(ofHost, before);
        }
    }

    @ParameterizedTest
    @CsvSource({"max_user_watches, 8", "max_user_instances, 1", "max_queued_events, 16"})
    @DisplayName("T45: the system's limits of inotify")
    void losesNothingWhereTheHostWatchesLittle(String limit, int value) throws Exception {
        scene.follow("logs/**/*.log");
        List<LogFile> files = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            files.add(scene.log("d" + i + "/app.log").lines(10));
        }
        startUnder(limit, value);
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
