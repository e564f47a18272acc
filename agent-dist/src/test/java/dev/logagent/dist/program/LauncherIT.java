package dev.logagent.dist.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherIT {

    @TempDir
    Path folder;

    private Path work = Path.of("");

    @BeforeEach
    void makeWorkingDirectory() throws Exception {
        work = Files.createDirectory(folder.resolve("work"));
    }

    @Test
    void runsThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("one"), PackagedProgram.launcher(PackagedProgram.home()));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        PackagedProgram program = new PackagedProgram(linkToLink, work);

        assertThat(link).isSymbolicLink();
        assertThat(program.run("transports")).isZero();
        assertThat(program.out())
                .contains("from " + PackagedProgram.home().toRealPath().resolve("transports/http"));
    }

    @Test
    void runsFromAFolderWithSpaces() throws Exception {
        Path home = PackagedProgram.copyTo(folder.resolve("log agent's folder"));
        PackagedProgram program = new PackagedProgram(PackagedProgram.launcher(home), work);

        assertThat(program.run("transports", "http")).isZero();
        assertThat(program.out()).contains("from " + home.resolve("transports/http"));
    }

    @Test
    void passesExitCodesOn() throws Exception {
        PackagedProgram program = program();

        assertThat(program.run("--version")).isZero();
        assertThat(program.run("no-such-verb")).isEqualTo(2);
        assertThat(program.err()).contains("there is no verb 'no-such-verb'");
    }

    @Test
    void prefersItsOwnVariableThenJavaHomeThenTheBundledRuntime() throws Exception {
        Path home = PackagedProgram.copyTo(folder.resolve("home"));
        Path first = fakeJava(folder.resolve("first"), "17.0.1");
        Path second = fakeJava(folder.resolve("second"), "25");
        fakeJava(home.resolve("runtime"), "21.0.2");
        Path launcher = PackagedProgram.launcher(home);

        assertThat(javaOf(new PackagedProgram(launcher, work)
                        .env("LOG_AGENT_JAVA_HOME", first.toString())
                        .env("JAVA_HOME", second.toString())))
                .isEqualTo("first");
        assertThat(javaOf(new PackagedProgram(launcher, work).env("JAVA_HOME", second.toString())))
                .isEqualTo("second");
        assertThat(javaOf(new PackagedProgram(launcher, work).env("JAVA_HOME", "")))
                .isEqualTo("runtime");
    }

    @Test
    void passesOverAJavaThatIsTooOldAndSaysSo() throws Exception {
        Path old = fakeJava(folder.resolve("old"), "1.8.0_392");
        PackagedProgram program = program().env("JAVA_HOME", old.toString());

        assertThat(program.run("--version")).isZero();
        assertThat(program.out()).startsWith("log-agent ");
        assertThat(program.err()).contains("JAVA_HOME=" + old + " holds no Java 17 or newer");
    }

    @Test
    void addsTheUsersOptionsAfterItsOwn() throws Exception {
        Path java = fakeJava(folder.resolve("java"), "17");
        PackagedProgram program =
                program().env("JAVA_HOME", java.toString()).env("LOG_AGENT_JAVA_OPTS", "-Xmx100m -Dx=y");

        assertThat(program.run("run", "--config", "a b")).isZero();
        assertThat(program.out())
                .containsSubsequence("<-Xmx384m>", "<-Xmx100m>", "<-Dx=y>", "<run>", "<--config>", "<a b>");
    }

    @Test
    void keepsClassesReadyWhereJavaCanAndTheFolderMayBeWritten() throws Exception {
        Path java = fakeJava(folder.resolve("java"), "25");
        Path cache = folder.resolve("a cache");
        String archive = "<-XX:SharedArchiveFile=" + cache.resolve("classes-25.jsa") + ">";

        assertThat(optionsWith(java, cache.toString(), "run")).contains(archive, "<-XX:+AutoCreateSharedArchive>");
        assertThat(optionsWith(java, cache.toString(), "transports")).doesNotContain("SharedArchive");
        Files.createFile(cache.resolve("classes-25.jsa"));
        assertThat(optionsWith(java, cache.toString(), "transports"))
                .contains(archive)
                .doesNotContain("AutoCreate");
        assertThat(optionsWith(java, "", "run")).doesNotContain("SharedArchive");
        assertThat(optionsWith(java, "/proc/nowhere", "run")).doesNotContain("SharedArchive");
        assertThat(optionsWith(fakeJava(folder.resolve("older"), "17"), cache.toString(), "run"))
                .doesNotContain("SharedArchive");
    }

    private String optionsWith(Path java, String cache, String verb) throws Exception {
        PackagedProgram program = program().env("JAVA_HOME", java.toString()).env("LOG_AGENT_CACHE_DIR", cache);
        assertThat(program.run(verb)).isZero();
        return program.out();
    }

    @Test
    void leavesClassesForTheNextStart() throws Exception {
        Path cache = folder.resolve("cache");
        for (int life = 0; life < 2; life++) {
            PackagedProgram program = program().env("LOG_AGENT_CACHE_DIR", cache.toString());
            assertThat(program.run("run", "--config", "/no/such/file")).isEqualTo(2);
            assertThat(program.err()).doesNotContain("[cds]").contains("/no/such/file");
            assertThat(program.out()).doesNotContain("[cds]");
        }
        assertThat(cache)
                .satisfiesAnyOf(
                        folder -> assertThat(folder).isDirectoryContaining("glob:**.jsa"),
                        folder -> assertThat(folder).as("Java 17 or 18").doesNotExist());
    }

    @Test
    void setsALocaleThatCanReadAllFileNames() throws Exception {
        Path java = fakeJava(folder.resolve("java"), "17");
        PackagedProgram program = program().env("JAVA_HOME", java.toString()).env("LC_ALL", "C");

        assertThat(program.run()).isZero();
        assertThat(program.out()).contains("LC_ALL=C.UTF-8", "MALLOC_ARENA_MAX=1");
    }

    @Test
    void isReplacedByJavaSoThatSignalsReachIt() throws Exception {
        PackagedProgram program = program();
        Process process = program.start("receive", "--listen", "127.0.0.1:0");
        await().until(() -> program.out().startsWith("listening on http://127.0.0.1:"));

        assertThat(process.info().command().orElseThrow()).endsWith("/bin/java");
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(program.err()).contains("received 0 events");
    }

    private PackagedProgram program() {
        return new PackagedProgram(PackagedProgram.launcher(PackagedProgram.home()), work);
    }

    private static String javaOf(PackagedProgram program) throws Exception {
        assertThat(program.run()).isZero();
        return program.out().lines().findFirst().orElseThrow();
    }

    /** A Java that prints its folder's name, some variables and its arguments. */
    private static Path fakeJava(Path home, String version) throws IOException {
        Path java = home.resolve("bin/java");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(java, """
                #!/bin/sh
                basename "$(dirname "$(dirname "$0")")"
                echo "LC_ALL=$LC_ALL MALLOC_ARENA_MAX=$MALLOC_ARENA_MAX"
                printf '<%s>\\n' "$@"
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}
