package dev.logagent.dist.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

final class StarterConfigTest {

    private static final Path ROOT = Path.of("/var/log");

    @Test
    void namesEachSourceOnceAfterItsPath() {
        TomlParseResult config = parse(StarterConfig.text(
                "host",
                "http://localhost:8080/log",
                "HTTP",
                ROOT,
                List.of(ROOT.resolve("nginx/access.log"), ROOT.resolve("nginx-access.log"), ROOT.resolve("syslog"))));

        assertThat(config.getString("global.send_type")).isEqualTo("HTTP");
        assertThat(sources(config)).containsExactly("nginx-access", "nginx-access-2", "syslog");
    }

    @Test
    void quotesWhatTomlAndInterpolationWouldMisread() {
        TomlParseResult config = parse(StarterConfig.text("a\"b\\c${HOME}\n", "e", "t", ROOT, List.of()));

        assertThat(config.getString("global.agent_name")).isEqualTo("a\"b\\c$${HOME}\n");
    }

    @Test
    void watchesTheFolderWhenThereIsNoLog() {
        TomlParseResult config = parse(StarterConfig.text("a", "e", "t", ROOT, List.of()));

        assertThat(config.getArrayOrEmpty("sources").getTable(0).getString("log_path"))
                .isEqualTo("/var/log/*.log");
    }

    private static TomlParseResult parse(String text) {
        TomlParseResult result = Toml.parse(text);
        assertThat(result.errors()).isEmpty();
        return result;
    }

    private static List<String> sources(TomlParseResult config) {
        TomlArray sources = config.getArrayOrEmpty("sources");
        return sources.toList().stream()
                .map(source -> String.valueOf(((TomlTable) source).getString("name")))
                .toList();
    }
}
