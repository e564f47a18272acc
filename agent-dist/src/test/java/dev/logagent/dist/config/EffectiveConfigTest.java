package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

final class EffectiveConfigTest {

    private static final String CONFIG = """
            [global]
            agent_name = "${NAME}"
            end_point = "http://me:hunter2@localhost/$$x"
            send_type = "HTTP"
            start_at = "beginning"
            region = "${file:region}"
            tags = { "a b" = "c", key = "${file:region}" }
            interval_secs = 2

            [[sources]]
            name = "one \\"quoted\\" \\u0007"
            log_path = ["a.log", "${file:region}"]

            [transport.http]
            password = "hunter2"
            headers = { X = "y", "X-Api-Key" = "hunter2" }
            [[transport.http.rules]]
            when = "w"
            """;

    @TempDir
    Path folder;

    private String shown = "";

    @BeforeEach
    void show() throws Exception {
        shown = Configs.in(folder)
                .with(Map.of("NAME", "agent-7"))
                .write("region", "hidden\n")
                .load(CONFIG)
                .effective()
                .toToml();
    }

    @Test
    void tellsWhereEachValueComesFrom() {
        assertThat(lineOf("agent_name"))
                .matches("agent_name = \"agent-7\" +# environment variable NAME, log-agent.config:2");
        assertThat(lineOf("interval_secs")).matches("interval_secs = 2.0 +# log-agent.config:8");
        assertThat(lineOf("max_send_task")).matches("max_send_task = 5 +# default");
        assertThat(lineOf("host")).matches("host = \"host1\" +# default");
        assertThat(lineOf("format")).matches("format = \"batch\" +# default");
        assertThat(lineOf("plugin_dir")).isEqualTo("# plugin_dir is not set");
        assertThat(shown.substring(shown.indexOf("[[sources]]")))
                .containsPattern("start_at = \"beginning\" +# \\[global\\], log-agent.config:5\n");
    }

    @Test
    void showsTagsAsTheyAreSent() throws Exception {
        String merged = Configs.in(folder)
                .load(Configs.MINIMAL.replace("[global]", "[global]\ntags = { a = '1', b = '2' }")
                        + "tags = { b = '3' }\n")
                .effective()
                .toToml();

        assertThat(merged).contains("\ntags = { a = \"1\", b = \"3\" } ");
    }

    @Test
    void masksSecrets() {
        assertThat(shown).doesNotContain("hunter2").doesNotContain("hidden");
        assertThat(lineOf("password")).matches("password = \"\\*\\*\\*\" +# log-agent.config:15");
        assertThat(lineOf("region")).matches("region = \"\\*\\*\\*\" +# file region, log-agent.config:6");
        assertThat(lineOf("tags")).startsWith("tags = \"***\"");
        assertThat(shown.substring(shown.indexOf("[[sources]]"))).containsPattern("\nregion = \"\\*\\*\\*\"");
    }

    @Test
    void isTomlThatMeansTheSame() {
        TomlParseResult parsed = Toml.parse(shown);

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.getLong("global.max_batch_bytes")).isEqualTo(1_048_576);
        assertThat(parsed.getString("global.end_point")).isEqualTo("http://me:***@localhost/$$x");
        assertThat(parsed.getArrayOrEmpty("sources").getTable(0).getString("name"))
                .isEqualTo("one \"quoted\" \u0007");
        assertThat(parsed.getString("transport.http.headers.X")).isEqualTo("y");
        assertThat(parsed.getArrayOrEmpty("transport.http.rules").getTable(0).getString("when"))
                .isEqualTo("w");
    }

    @Test
    void showsEachOutputWithWhatItTakesFromGlobal() throws Exception {
        String shownOutputs = Configs.in(folder)
                .load(Configs.MINIMAL.replace("[global]", "[global]\nretry_count = 7") + """
                        [[outputs]]
                        name = "eu"
                        send_type = "http"
                        end_point = ["http://me:hunter2@one", "http://two"]
                        max_send_task = 2
                        [outputs.options]
                        password = "hunter2"
                        [[outputs]]
                        name = "bus"
                        send_type = "kafka"
                        end_point = "broker"
                        options = { topic = "t" }
                        [[routes]]
                        outputs = "eu"
                        [[sovereignty.rules]]
                        permitted = ["eu"]
                        region = "eu"
                        """)
                .effective()
                .toToml();

        TomlParseResult parsed = Toml.parse(shownOutputs);
        assertThat(parsed.errors()).isEmpty();
        assertThat(shownOutputs).doesNotContain("hunter2");
        var first = parsed.getArrayOrEmpty("outputs").getTable(0);
        assertThat(first.getArrayOrEmpty("end_point").toList()).containsExactly("http://me:***@one", "http://two");
        assertThat(first.getLong("max_send_task")).isEqualTo(2);
        assertThat(first.getLong("retry_count")).isEqualTo(7);
        assertThat(first.getString("options.password")).isEqualTo("***");
        assertThat(shownOutputs.substring(shownOutputs.indexOf("[[outputs]]")))
                .containsPattern("retry_count = 7 +# \\[global\\], log-agent.config:2\n");
        assertThat(parsed.getArrayOrEmpty("outputs").getTable(1).getString("options.topic"))
                .isEqualTo("t");
        assertThat(parsed.getArrayOrEmpty("routes").getTable(0).getString("outputs"))
                .isEqualTo("eu");
        assertThat(parsed.getArrayOrEmpty("sovereignty.rules").getTable(0).getString("region"))
                .isEqualTo("eu");
    }

    private String lineOf(String key) {
        return shown.lines()
                .filter(line -> line.matches("(# )?" + key + " .*"))
                .findFirst()
                .orElse("");
    }
}
