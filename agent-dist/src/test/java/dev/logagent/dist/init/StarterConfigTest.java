package dev.logagent.dist.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.inventory.FoundFile.Kind;
import dev.logagent.core.inventory.FoundFile.State;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

final class StarterConfigTest {

    private static final Path ROOT = Path.of("/var/log");

    private static FoundFile found(String path, String source, String parser, @Nullable String service) {
        Kind kind = new Kind("text", parser, source, service, null);
        return new FoundFile(ROOT.resolve(path), State.FOLLOWED, 1, kind, "");
    }

    @Test
    void writesASourceForEachServiceWithItsParser() {
        TomlParseResult config = parse(StarterConfig.text(
                "host",
                "http://localhost:8080/log",
                "HTTP",
                ROOT,
                List.of(
                        found("nginx/access.log", "nginx", "nginx", "nginx"),
                        found("nginx/error.log", "nginx", "nginx", "nginx"),
                        found("syslog", "syslog", "syslog", null),
                        new FoundFile(ROOT.resolve("wtmp"), State.SKIPPED, 1, null, "no text"))));

        assertThat(config.getString("global.send_type")).isEqualTo("HTTP");
        assertThat(sources(config)).containsExactly("nginx", "syslog");
        TomlTable nginx = config.getArrayOrEmpty("sources").getTable(0);
        assertThat(nginx.getArrayOrEmpty("log_path").toList())
                .map(String::valueOf)
                .containsExactly("/var/log/nginx/access.log", "/var/log/nginx/error.log");
        assertThat(nginx.getString("parser")).isEqualTo("nginx");
        assertThat(nginx.getString("service")).isEqualTo("nginx");
    }

    @Test
    void saysWhatCannotBeRead() {
        Kind kind = new Kind("security", "auth", "auth", null, null);
        FoundFile file = new FoundFile(ROOT.resolve("auth.log"), State.UNREADABLE, 1, kind, "permission denied");

        assertThat(StarterConfig.text("host", "e", "t", ROOT, List.of(file)))
                .contains("# /var/log/auth.log cannot be read now: permission denied");
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
