package dev.logagent.dist.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.FileInfo;
import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The formats the dashboard writes, and the question it reads. */
final class TextsTest {

    @Test
    void jsonIsWellFormedWhateverItHolds() {
        byte[] broken = {'a', '"', (byte) 0xff, '\n', '<'};
        Json json = new Json()
                .object()
                .field("a\"", "<b>\u0000\u20ac")
                .field("n", 0.00042)
                .field("big", 1e9)
                .field("no", (String) null);
        json.key("list").list().value(1).value("x").object().endObject().endList();
        json.utf8("raw", broken, 0, broken.length).field("t", true).endObject();

        assertThat(json.toString())
                .isEqualTo("{\"a\\\"\":\"<b>\\u0000\u20ac\",\"n\":4.2E-4,\"big\":1000000000,\"no\":null,"
                        + "\"list\":[1,\"x\",{}],\"raw\":\"a\\\"\ufffd\\n<\",\"t\":true}");
    }

    @Test
    void labelsOfMetricsAreEscaped() {
        MetricsText text = new MetricsText(100);
        text.counter("a_total", "Help.");
        text.sample(1, "source", "a\"b\\c\nd");
        text.histogram("h_seconds", "Help.");
        text.part("_bucket", 2, "le", MetricsText.number(Double.POSITIVE_INFINITY));
        text.part("_sum", 0.25);

        assertThat(text.toString()).isEqualTo("""
                # HELP a_total Help.
                # TYPE a_total counter
                a_total{source="a\\"b\\\\c\\nd"} 1
                # HELP h_seconds Help.
                # TYPE h_seconds histogram
                h_seconds_bucket{le="+Inf"} 2
                h_seconds_sum 0.25
                """);
    }

    @Test
    void aQueryFiltersByAllThatItNames() {
        LineRun run = run("shop", "2026 ERROR Payment failed", "2026 INFO payment done");
        LogEvent error = new LogEvent(run, 0);
        LogEvent info = new LogEvent(run, 1);

        TailQuery all = TailQuery.of(Map.of("text", List.of("")));
        assertThat(all.concerns("default", run) && all.matches(error) && all.matches(info))
                .isTrue();
        TailQuery query = TailQuery.of(
                Map.of("level", List.of("warning"), "text", List.of("PAYMENT"), "source", List.of("shop")));
        assertThat(query.least()).isEqualTo(Level.WARNING);
        assertThat(query.concerns("default", run)).isTrue();
        assertThat(query.concerns("default", run("web", "x"))).isFalse();
        assertThat(query.matches(error)).isTrue();
        assertThat(query.matches(info)).isFalse();
        assertThat(TailQuery.of(Map.of("text", List.of("nothing"))).matches(error))
                .isFalse();
        assertThat(TailQuery.of(Map.of("output", List.of("b"))).concerns("a", run))
                .isFalse();
    }

    @Test
    void aWrongQueryIsExplained() {
        assertThatThrownBy(() -> TailQuery.of(Map.of("level", List.of("loud"))))
                .hasMessageContaining("'level' must be one of [TRACE")
                .hasMessageContaining("'loud'");
        assertThatThrownBy(() -> TailQuery.of(Map.of("text", List.of("x".repeat(201)))))
                .hasMessageContaining("200");
        assertThatThrownBy(() -> TailQuery.of(Map.of("sorce", List.of("shop"))))
                .hasMessage("there is no parameter 'sorce' here; there are: [level, output, source, text]");
    }

    private static LineRun run(String source, String... lines) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        int[] starts = new int[lines.length + 1];
        for (int i = 0; i < lines.length; i++) {
            starts[i + 1] = starts[i] + lines[i].length() + 1;
        }
        return new LineRun(SourceInfo.named(source), new FileInfo("/f", 1), 0, bytes, starts, lines.length, 0, false);
    }
}
