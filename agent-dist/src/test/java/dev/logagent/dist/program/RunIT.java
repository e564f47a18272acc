package dev.logagent.dist.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, with a configuration and real files. */
final class RunIT {

    private static final String NOBODY = "http://127.0.0.1:9/log";

    @TempDir
    Path folder;

    private Path receiverFolder = Path.of("");

    @BeforeEach
    void makeFiles() throws Exception {
        receiverFolder = Files.createDirectory(folder.resolve("receiver"));
        Files.writeString(folder.resolve("app.log"), "one\ntwo\nthree\n");
    }

    @Test
    void validateSaysWhetherTheConfigurationCanBeUsed() throws Exception {
        PackagedProgram program = configured(NOBODY, "");
        assertThat(program.run("validate")).isZero();
        assertThat(program.out()).contains("valid; 1 source to http://127.0.0.1:9/log by http");

        configured(NOBODY, "retry_cuont = 3\n");
        assertThat(program.run("validate")).isEqualTo(2);
        assertThat(program.err()).contains("did you mean 'retry_count'?").doesNotContain("Exception");
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.run("check", "--config", "missing.config")).isEqualTo(2);
    }

    @Test
    void checkFailsWhenTheDestinationIsAway() throws Exception {
        PackagedProgram program = configured(NOBODY, "");

        assertThat(program.run("check")).isEqualTo(1);
        assertThat(program.out())
                .contains("OK    source 'app'", "OK    state folder", "FAIL  destination http://127.0.0.1:9/log");
    }

    @Test
    void checkFailsWhereARunWould() throws Exception {
        PackagedProgram program = configured(NOBODY, "");
        Files.delete(folder.resolve("app.log"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("app.log").toString())
                        .start()
                        .waitFor())
                .isZero();
        Path state = Files.createDirectory(folder.resolve("state"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(program.run("check")).isEqualTo(1);
        assertThat(program.out())
                .contains("FAIL  source 'app'", "is no regular file")
                .contains("FAIL  state folder", "chmod 700 " + state);
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.err()).contains("chmod 700 " + state);
    }

    @Test
    void receiveSaysWhyItCannot() throws Exception {
        PackagedProgram program = new PackagedProgram(PackagedProgram.launcher(PackagedProgram.home()), folder);
        try (RunningReceiver receiver = new RunningReceiver(receiverFolder)) {
            String taken = receiver.url().substring("http://".length());
            assertThat(program.run("receive", "--listen", taken)).isEqualTo(1);
            assertThat(program.err())
                    .isEqualTo("log-agent: cannot receive on " + taken
                            + ": Address already in use; --listen takes another port or address\n");
        }
        assertThat(program.run("receive", "--listen", "127.0.0.1:0", "--store", "missing/x.jsonl"))
                .isEqualTo(1);
        assertThat(program.err()).contains("into missing/x.jsonl: its folder does not exist");
    }

    @Test
    void checkIsContentWithAReceiver() throws Exception {
        try (RunningReceiver receiver = new RunningReceiver(receiverFolder)) {
            PackagedProgram program = configured(receiver.url() + "/log", "");
            assertThat(program.run("check")).as(program::toString).isZero();
            assertThat(program.out()).contains("OK    destination");
        }
    }

    @Test
    void onceDeliversWhatIsThereAndExits() throws Exception {
        try (RunningReceiver receiver = new RunningReceiver(receiverFolder)) {
            PackagedProgram program = configured(receiver.url() + "/log", "");
            assertThat(program.run("run", "--once")).isZero();
            assertThat(receiver.texts()).containsExactly("one", "two", "three");
            assertThat(program.err()).contains("agent 'test' sends to " + receiver.url());

            Files.writeString(folder.resolve("app.log"), "four\n", StandardOpenOption.APPEND);
            assertThat(program.run("--once")).isZero();
            assertThat(receiver.texts()).containsExactly("one", "two", "three", "four");
        }
    }

    @Test
    void aSignalDeliversWhatIsInFlightAndExitsWithZero() throws Exception {
        try (RunningReceiver receiver = new RunningReceiver(receiverFolder)) {
            PackagedProgram program = configured(receiver.url() + "/log", "");
            Process process = program.start();
            await().until(() -> receiver.texts().size() == 3);
            process.destroy();
            assertThat(program.exitCode(process)).isZero();
            assertThat(program.err()).contains("asked to stop", "nothing left in flight");
        }
    }

    @Test
    void aSecondSignalLeavesAtOnce() throws Exception {
        PackagedProgram program = configured(NOBODY, "shutdown_timeout_secs = 60\n");
        Process process = program.start();
        await().until(() -> program.err().contains("not delivering"));
        process.destroy();
        await().until(() -> program.err().contains("asked to stop"));
        process.destroy();
        assertThat(program.exitCode(process)).isEqualTo(1);
    }

    @Test
    void anUnknownTransportIsExplained() throws Exception {
        PackagedProgram program = configured(NOBODY, "", "HTPP");

        assertThat(program.run()).isEqualTo(2);
        assertThat(program.err())
                .contains("HTPP", "did you mean 'http'?")
                .contains(PackagedProgram.home()
                        .toRealPath()
                        .resolve("transports")
                        .toString());
    }

    @Test
    void aTransportWithAMissingLibraryIsExplained() throws Exception {
        BrokenTransport.write(folder.resolve("plugins/broken.jar"));
        PackagedProgram program = configured(NOBODY, "plugin_dir = \"plugins\"\n", "broken");

        assertThat(program.run("transports")).isZero();
        assertThat(program.out()).contains("broken  Misses a library.", "plugins/broken.jar");
        assertThat(program.run()).isEqualTo(2);
        assertThat(program.err()).contains("lost/Library").doesNotContain("\tat ");
    }

    private PackagedProgram configured(String endPoint, String more) throws Exception {
        return configured(endPoint, more, "HTTP");
    }

    private PackagedProgram configured(String endPoint, String more, String sendType) throws Exception {
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "%s"
                interval_secs = 0.1
                state_dir = "state"
                start_at = "beginning"
                %s
                [[sources]]
                name = "app"
                log_path = "app.log"
                delay_ms = 20
                """.formatted(endPoint, sendType, more));
        return new PackagedProgram(PackagedProgram.launcher(PackagedProgram.home()), folder);
    }
}
