package dev.logagent.dist.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.testkit.CompiledJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, made outside the project and dropped into an installation. */
final class ThirdPartyTransportIT {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(package example;.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void isListedAndUsedOnceItsJarLiesInTheFolder() throws Exception {
        Path home = PackagedProgram.copyTo(folder.resolve("home"));
        new CompiledJar()
                .source("example.FileTransportFactory", example("README.md"))
                .transport("example.FileTransportFactory")
                .write(home.resolve("transports/file/file-transport.jar"), home.resolve("lib/agent-api.jar"));
        PackagedProgram program = new PackagedProgram(PackagedProgram.launcher(home), folder);

        assertThat(program.run("transports")).isZero();
        assertThat(program.out())
                .contains("http  ", "file  Appends each line to a file.", "prefix  a string", "transports/file");

        Files.writeString(folder.resolve("in.log"), "one\ntwo\n");
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                end_point = "%s"
                send_type = "FILE"
                state_dir = "state"
                start_at = "beginning"

                [[sources]]
                name = "in"
                log_path = "in.log"

                [transport.file]
                prefix = "> "
                """.formatted(folder.resolve("out.log")));
        assertThat(program.run("check")).isZero();
        assertThat(program.run("run", "--once")).isZero();
        assertThat(folder.resolve("out.log")).hasContent("> one\n> two");
    }

    @Test
    void isTheSameInTheGuide() throws Exception {
        assertThat(example("docs/writing-a-transport.md")).isEqualTo(example("README.md"));
    }

    private static String example(String page) throws Exception {
        Matcher example =
                EXAMPLE.matcher(Files.readString(PackagedProgram.repository().resolve(page)));
        assertThat(example.find()).as("an example in %s", page).isTrue();
        return example.group(1);
    }
}
