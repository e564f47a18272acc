package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IncludeTest {

    @TempDir
    Path folder;

    private Configs configs = Configs.in(Path.of(""));

    @BeforeEach
    void writeMain() throws IOException {
        configs = Configs.in(folder)
                .write("log-agent.config", "include = ['conf.d/*.toml', 'extra.toml']\n" + Configs.MINIMAL)
                .write("extra.toml", "[buffer]\nmax_memory_bytes = 4_000_000\n");
    }

    @Test
    void addsSourcesAndTablesInOrder() throws Exception {
        configs.write("conf.d/b.toml", source("b"));
        configs.write("conf.d/a.toml", source("a") + "[global.tags]\nenv = 'test'\n");
        configs.write("conf.d/.hidden.toml", "not toml");
        configs.write("conf.d/notes.txt", "not toml");

        LoadedConfig config = configs.load();

        assertThat(config.agent().sources()).extracting(SourceConfig::name).containsExactly("app1", "a", "b");
        assertThat(config.agent().buffer().maxMemoryBytes()).isEqualTo(4_000_000);
        assertThat(config.agent().sources().get(0).info().tags()).isEqualTo(Map.of("env", "test"));
        assertThat(config.files())
                .containsExactly(
                        folder.resolve("log-agent.config"),
                        folder.resolve("conf.d/a.toml"),
                        folder.resolve("conf.d/b.toml"),
                        folder.resolve("extra.toml"));
    }

    @Test
    void includesFromIncludedFilesRelativeToThem() throws Exception {
        configs.write("conf.d/a.toml", "include = 'deeper/{x,y}.toml'\n" + source("a"));
        configs.write("conf.d/deeper/x.toml", source("x"));
        configs.write("conf.d/deeper/y.toml", source("y"));

        assertThat(configs.load().agent().sources())
                .extracting(SourceConfig::name)
                .containsExactly("app1", "a", "x", "y");
    }

    @Test
    void readsAFileOnceHoweverOftenItIsNamed() throws Exception {
        configs.write("conf.d/a.toml", "include = ['../extra.toml', '" + folder.resolve("extra.toml") + "']\n");

        assertThat(configs.load().files()).hasSize(3);
    }

    @Test
    void namesBothPlacesOfAKeyThatIsSetTwice() throws Exception {
        configs.write("conf.d/a.toml", "[global]\nagent_name = 'b'\nretry_count = 1\n");
        configs.write("conf.d/b.toml", "# a comment\n[global]\nretry_count = 2\n");

        assertThat(configs.report()).isEqualTo("""
                        conf.d/a.toml:2:1: 'agent_name' is already set at log-agent.config:3
                           2 | agent_name = 'b'
                             | ^^^^^^^^^^ keep one of the two
                        conf.d/b.toml:3:1: 'retry_count' is already set at conf.d/a.toml:3
                           3 | retry_count = 2
                             | ^^^^^^^^^^^ keep one of the two
                        2 problems. Nothing was started.
                        """);
    }

    @Test
    void reportsAFileOfTheWrongKindWhereItStands() throws Exception {
        configs.write("conf.d/a.toml", "global = 3\n[sources]\nname = 'a'\n");

        assertThat(configs.report())
                .contains("conf.d/a.toml:1:1: 'global' is already set at log-agent.config:2")
                .contains("conf.d/a.toml:2:1: 'sources' is already set at log-agent.config:7");
    }

    @Test
    void reportsProblemsInEveryFileInOneRun() throws Exception {
        configs.write("conf.d/a.toml", "[[sources]]\nname = 'app1'\nlog_path = 3\n");
        configs.write("conf.d/b.toml", "x = = 1\n");
        Files.write(folder.resolve("conf.d/c.toml"), new byte[] {'a', '\n', ' ', (byte) 0xE9});
        Files.createDirectories(folder.resolve("conf.d/d.toml"));

        assertThat(configs.report().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "conf.d/a.toml:2:8: source name 'app1' is already used at log-agent.config:8",
                        "conf.d/a.toml:3:12: 'log_path' must be a list of strings, found an integer",
                        "conf.d/b.toml:1:5: Unexpected '=', expected a value",
                        "conf.d/c.toml:2:2: not UTF-8: found the byte 0xE9",
                        "conf.d/d.toml: is a directory, not a file",
                        "5 problems. Nothing was started.");
    }

    @Test
    void findsCyclesThroughSymbolicLinks() throws Exception {
        configs.write("conf.d/a.toml", "include = 'b.link'\n");
        Files.createSymbolicLink(folder.resolve("conf.d/b.link"), folder.resolve("log-agent.config"));

        assertThat(configs.report())
                .contains("conf.d/a.toml:1:11: files include each other: "
                        + "log-agent.config -> conf.d/a.toml -> conf.d/b.link");
    }

    @Test
    void resolvesVariablesInPatterns() throws Exception {
        configs.write("log-agent.config", "include = '${WHERE}/*.toml'\n" + Configs.MINIMAL);
        configs.write("there/a.toml", source("a"));

        assertThat(configs.with(Map.of("WHERE", "there")).load().agent().sources())
                .hasSize(2);
    }

    private static String source(String name) {
        return "[[sources]]\nname = '" + name + "'\nlog_path = '/var/log/" + name + ".log'\n";
    }
}
