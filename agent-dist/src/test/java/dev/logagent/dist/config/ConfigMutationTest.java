package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a configuration, it loads or says what is wrong: never another exception, never a secret. */
final class ConfigMutationTest {

    private static final String SECRET = "hunter2hunter2";

    private static final String CONFIG = """
            include = ["conf.d/*.toml"]
            [global]
            agent_name = "a"
            end_point = "http://localhost"
            send_type = "HTTP"
            max_send_task = 5
            interval_secs = 5.5
            compression = "gzip"
            state_dir = "${HOME:-/tmp}"
            tags = { a = "b", c = "d" }
            [[sources]]
            name = "app1"
            log_path = ["/var/log/*.log", "b.log"]
            [[sources]]
            name = "app2"
            log_path = "c.log"
            exclude = "*.gz"
            classification = "secret"
            [[outputs]]
            name = "eu"
            send_type = "HTTP"
            end_point = ["http://one", "http://two"]
            regions = "eu"
            retry_count = 7
            options = { password = "hunter2hunter2" }
            [[outputs]]
            name = "bus"
            send_type = "kafka"
            end_point = "broker"
            regions = ["eu", "us"]
            [outputs.options]
            topic = "t"
            acks = "1"
            [[routes]]
            sources = ["app*"]
            levels = ["error"]
            tags = { a = "b" }
            outputs = ["eu", "bus"]
            continue = true
            [sovereignty]
            [[sovereignty.rules]]
            classification = "secret"
            region = "us"
            permitted = ["eu", "us"]
            [buffer]
            max_memory_bytes = 8_388_608
            [transport.http]
            password = "hunter2hunter2"
            keep_alive = true
            [[transport.http.rules]]
            when = "x"
            """;

    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "9223372036854775807",
            "1e308",
            "nan",
            "inf",
            "true",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"${\"",
            "\"${NO}\"",
            "\"${A}\"",
            "\"$$\"",
            "\"[\"",
            "\"${file:/}\"",
            "[]",
            "[[]]",
            "[{}]",
            "[1, \"a\", []]",
            "{}",
            "{ a = {} }",
            "{ \"\" = \"\" }",
            "2026-01-01",
            "07:00:00",
            "\"\"\"\n\"\"\"",
            "''",
            "'",
            "\"\"\"",
            "=",
            "",
            "[",
            "{",
            "\"\\q\"",
            "𝄞");

    private static final String LETTERS = "[]{}=\"'.,#\n\t \\$ax0é\u0000\uFEFF𝄞-";

    @TempDir
    Path folder;

    @Test
    void survivesEveryValueAtEveryKey() throws IOException {
        List<String> lines = CONFIG.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int equals = line.indexOf('=');
            if (equals > 0) {
                for (String value : VALUES) {
                    load(with(lines, i, line.substring(0, equals) + "= " + value));
                }
            }
        }
    }

    @Test
    void survivesLostDoubledAndMisspeltLines() throws IOException {
        List<String> lines = CONFIG.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            load(with(lines, i, ""));
            load(with(lines, i, line + "\n" + line));
            load(with(lines, i, line.substring(1)));
            load(with(lines, i, line.substring(0, line.length() - 1)));
            load(with(lines, i, "[" + line + "]"));
            load(with(lines, i, "x." + line));
            load(with(lines, i, "\"\"" + line));
        }
    }

    @Test
    void survivesRandomDamage() throws IOException {
        Random random = new Random(20261121);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder(CONFIG);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.deleteCharAt(at);
                } else {
                    text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                }
            }
            // Damage may leave half of a character, which is then replaced.
            load(new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
    }

    private static String with(List<String> lines, int changed, String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == changed ? line : lines.get(i)).append('\n');
        }
        return text.toString();
    }

    private void load(String text) throws IOException {
        try {
            Configs.in(folder).load(text).effective().toToml();
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty();
            String report = new ProblemPrinter(false).render(e.problems());
            assertThat(report).as(text).doesNotContain("null").doesNotContain(SECRET);
        } catch (RuntimeException e) {
            throw new AssertionError(text, e);
        }
    }
}
