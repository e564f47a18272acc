package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceTextTest {

    @TempDir
    Path folder;

    @Test
    void skipsAByteOrderMark() throws Exception {
        Configs configs = Configs.in(folder);

        assertThat(configs.load("\uFEFF" + Configs.MINIMAL).agent().sources()).hasSize(1);
        assertThat(configs.report("\uFEFFx = 1\n" + Configs.MINIMAL))
                .startsWith("log-agent.config:1:1: unknown key 'x'");
    }

    @Test
    void countsWindowsLinesAsLines() throws Exception {
        assertThat(Configs.in(folder).report((Configs.MINIMAL + "x = 1\n").replace("\n", "\r\n")))
                .startsWith("log-agent.config:9:1: unknown key 'x' in [[sources]]\n   9 | x = 1\n     | ^");
    }

    @Test
    void saysWhereAFileIsNotUtf8() throws Exception {
        Configs configs = Configs.in(folder);
        Files.write(
                folder.resolve("log-agent.config"),
                "[global]\nagent_name = \"caf\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(configs.report()).isEqualTo("""
                        log-agent.config:2:18: not UTF-8: found the byte 0xE9
                           2 | agent_name = "caf\uFFFD
                             |                  ^ save the file as UTF-8
                        1 problem. Nothing was started.
                        """);
    }

    @Test
    void recognisesUtf16() throws Exception {
        Files.write(folder.resolve("log-agent.config"), Configs.MINIMAL.getBytes(StandardCharsets.UTF_16));

        assertThat(Configs.in(folder).report())
                .startsWith("log-agent.config: is UTF-16, and must be UTF-8\n     save it as UTF-8\n");
    }

    @Test
    void saysWhatElseCannotBeRead() throws Exception {
        Configs configs = Configs.in(folder);
        assertThat(configs.report()).startsWith("log-agent.config: no such file\n");

        Files.createDirectory(folder.resolve("log-agent.config"));
        assertThat(configs.report())
                .contains("log-agent.config: is a directory, not a file")
                .contains("name a file in it, such as 'log-agent.config/log-agent.config'");

        Files.delete(folder.resolve("log-agent.config"));
        Files.write(folder.resolve("log-agent.config"), new byte[(4 << 20) + 1]);
        assertThat(configs.report()).startsWith("log-agent.config: is larger than 4 MiB\n");
    }

    @Test
    void findsHowFarKeysAndValuesReach() throws IOException {
        SourceText text = SourceText.of("x", "a . \"b = c\" = [1, \"]\", '''x'''] # end\n[ a . b ] # end\nd = {e = 1,");

        assertThat(text.key(1, 1)).isEqualTo(new Span(1, 1, 11));
        assertThat(text.value(1, 15)).isEqualTo(new Span(1, 15, 17));
        assertThat(text.value(1, 16)).isEqualTo(new Span(1, 16, 1));
        assertThat(text.value(1, 19)).isEqualTo(new Span(1, 19, 3));
        assertThat(text.key(2, 1)).isEqualTo(new Span(2, 1, 9));
        assertThat(text.value(3, 5)).isEqualTo(new Span(3, 5, 7));
        assertThat(text.value(3, 99)).isEqualTo(new Span(3, 99, 1));
        assertThat(text.value(9, 1)).isEqualTo(new Span(9, 1, 1));
    }
}
