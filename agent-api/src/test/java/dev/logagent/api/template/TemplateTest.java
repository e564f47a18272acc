package dev.logagent.api.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TemplateTest {

    private static final LogEvent EVENT = event("ERROR gone\n");

    @Test
    void putsInTheValuesOfTheEvent() {
        assertThat(rendered("{source}/{service}/{component}/{host}/{region}/{level}/{offset}"))
                .isEqualTo("app1/shop/orders/host1/eu/ERROR/7");
        assertThat(rendered("{timestamp} {detected_at} {message} {raw} {file} {agent} {id}"))
                .isEqualTo("1970-01-01T00:00:01.000Z 1970-01-01T00:00:01.000Z ERROR gone ERROR gone /app.log agent1"
                        + " 000000000000002a-7");
        assertThat(rendered("{metadata.team}")).isEqualTo("blue");
    }

    @Test
    void saysUnknownForWhatTheEventDoesNotHave() {
        assertThat(rendered("{metadata.none}")).isEqualTo("unknown");
    }

    @Test
    void adaptsValuesButNotTheTextBetween() {
        assertThat(Template.parse("A.{level}.B", "agent1").render(EVENT, value -> value.toLowerCase(Locale.ROOT)))
                .isEqualTo("A.error.B");
    }

    @Test
    void knowsWhatItDependsOn() {
        assertThat(Template.parse("fixed.{agent}", "agent1").isConstant()).isTrue();
        assertThat(Template.parse("{service}", "agent1").isSameWithin(EVENT.run()))
                .isTrue();
        assertThat(Template.parse("{level}", "agent1").isSameWithin(EVENT.run()))
                .isFalse();
        assertThat(Template.parse("{level}", "agent1").endlessKey()).isNull();
        assertThat(Template.parse("{level}.{offset}", "agent1").endlessKey()).isEqualTo("offset");
        assertThat(Template.parse("a{level}b{metadata.x}c{agent}", "-").places())
                .isEqualTo(2);
        assertThat(Template.parse("", "agent1").isEmpty()).isTrue();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Template.parse("{levle}", "")).hasMessageContaining("did you mean {level}?");
        assertThatThrownBy(() -> Template.parse("{nonsense}", "")).hasMessageContaining("known keys: id,");
        assertThatThrownBy(() -> Template.parse("{level", "")).hasMessageContaining("without its }");
        assertThatThrownBy(() -> Template.parse("level}", "")).hasMessageContaining("without its {");
    }

    private static String rendered(String text) {
        Template template = Template.parse(text, "agent1");
        JsonBuffer out = new JsonBuffer(16);
        template.write(EVENT, out);
        assertThat(out).hasToString(template.render(EVENT));
        return out.toString();
    }

    private static LogEvent event(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        SourceInfo source = new SourceInfo("app1", "shop", "orders", "host1", "eu", null, Map.of("team", "blue"));
        int[] starts = {0, bytes.length};
        return new LogEvent(new LineRun(source, new FileInfo("/app.log", 42), 1_000, bytes, starts, 1, 7, false), 0);
    }
}
