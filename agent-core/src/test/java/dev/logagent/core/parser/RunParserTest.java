package dev.logagent.core.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.Batch;
import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunParserTest {

    private static final String JSON = "{\"level\":\"error\",\"msg\":\"no\"}";
    private static final String ACCESS = "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 2326";

    private static LineRun run(String... lines) {
        return Parsing.run("/var/log/app.log", Parsing.READ_AT, lines);
    }

    private static String[] times(int count, String line) {
        return Collections.nCopies(count, line).toArray(String[]::new);
    }

    @Test
    void keepsToAFormatWhenSomeLinesAreOfAnother() {
        RunParser parser = Parsing.parser("auto", "UTC");
        parser.parse(run(times(20, JSON)));

        LineRun mixed = parser.parse(run(JSON, ACCESS, "plain", JSON));

        assertThat(parser.formatOf(mixed.file())).isEqualTo("json");
        assertThat(parser.unparsed()).isEqualTo(2);
        assertThat(new LogEvent(mixed, 1).metadata()).containsEntry("parser", "plain");
        assertThat(new LogEvent(mixed, 1).message()).isEqualTo(ACCESS);
        assertThat(new LogEvent(mixed, 3).level()).isEqualTo(Level.ERROR);
    }

    @Test
    void choosesAgainWhenMostLinesAreOfAnother() {
        RunParser parser = Parsing.parser("auto", "UTC");
        LineRun first = run(times(20, JSON));
        parser.parse(first);
        for (int i = 0; i < 10; i++) {
            parser.parse(run(times(20, ACCESS)));
        }

        assertThat(parser.formatOf(first.file())).isEqualTo("access");
    }

    @Test
    void findsAFormatThatOnlyShowsLater() {
        RunParser parser = Parsing.parser("auto", "UTC");
        LineRun banner = run("Welcome to the shop");
        parser.parse(banner);
        assertThat(parser.formatOf(banner.file())).isEqualTo("plain");

        parser.parse(run(times(5, JSON)));

        assertThat(parser.formatOf(banner.file())).isEqualTo("json");
    }

    @Test
    void parsesASliceAsTheWhole() {
        LineRun parsed = Parsing.parser("json", "UTC").parse(run("plain", JSON, "plain"));

        LineRun slice = parsed.slice(1, 3).detached().slice(0, 1);

        assertThat(new LogEvent(slice, 0).message()).isEqualTo("no");
        assertThat(new LogEvent(slice, 0).level()).isEqualTo(Level.ERROR);
        assertThat(parsed.slice(0, 1).heldBytes() + parsed.slice(1, 3).heldBytes())
                .isEqualTo(parsed.heldBytes());
    }

    @Test
    void findsWhatTheGroupsOfAPatternName() {
        LineRun parsed = Parsing.parser(
                        "regex",
                        "UTC",
                        "^(?P<time>\\S+ \\S+) <(?P<level>\\w+)> (?P<service>[^#]+)#(?P<shard>\\d+): (?P<message>.*)$",
                        "^(?P<status>\\d{3}) (?P<message>.*)")
                .parse(run("2026-11-20 08:00:00 <w> käse#7: größer", "502 bad", "neither"));

        LogEvent event = new LogEvent(parsed, 0);
        assertThat(event.level()).isEqualTo(Level.WARNING);
        assertThat(event.timestampMillis()).isEqualTo(1_795_161_600_000L);
        assertThat(event.message()).isEqualTo("größer");
        assertThat(event.metadata()).containsEntry("shard", "7");
        assertThat(new LogEvent(parsed, 1).level()).isEqualTo(Level.ERROR);
        assertThat(new LogEvent(parsed, 2).metadata()).containsEntry("parser", "plain");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auto | 2026/11/21 21:00:01 http: panic serving 127.0.0.1:80: no~goroutine 19 [running]:~main.f() | ERROR |
            auto | Exception in thread "main" java.lang.Error: no~	at J.main(J.java:2)                      | ERROR |
            auto | WARN slow~	at J.main(J.java:2)                                                          | WARNING |
            auto | two~lines                                                                             | INFO |
            auto | Traceback (most recent call last):~  File "x.py", line 1~ValueError: no               | ERROR | ValueError
            cri  | 2026-11-20T08:00:00.1Z stderr F oops~2026-11-20T08:00:00.1Z stderr F java.io.IOException: no | ERROR | java.io.IOException
            """)
    void takesAStackTraceForAnErrorUnlessItSaysOtherwise(
            String parser, String lines, Level level, @Nullable String exception) {
        LogEvent event = Parsing.event(parser, lines.replace('~', '\n'));

        assertThat(event.level()).isEqualTo(level);
        assertThat(event.metadata().get("exception")).isEqualTo(exception);
    }

    @Test
    void writesAnObjectOfSeveralLinesIntoOne() {
        LineRun parsed =
                Parsing.parser("json", "UTC").parse(run("{\"msg\":\"no\",\n \"order\": {\n  \"id\": 7\r\n }\n}"));
        JsonBuffer out = new JsonBuffer(256);

        PayloadEncoder.of(Format.EVENT).encode(new Batch("agent", 1, List.of(parsed)), out);

        assertThat(out.toString().lines()).hasSize(1).first().asString().contains("\"order\":{   \"id\": 7   }");
    }

    @Test
    void takesTheFirstOfSeveralValues() {
        LogEvent event = Parsing.event(
                "auth",
                "Nov 21 10:00:00 h sshd[7]: pam_unix(sshd:auth): authentication failure; rhost=1.1.1.1 rhost=2.2.2.2");
        JsonBuffer out = new JsonBuffer(256);
        PayloadEncoder.of(Format.EVENT).encode(new Batch("agent", 1, List.of(event.run())), out);

        assertThat(event.metadata()).containsEntry("client_ip", "1.1.1.1");
        assertThat(out.toString()).containsOnlyOnce("\"client_ip\"");
    }

    @Test
    void refusesPatternsThatCannotBeUsed() {
        assertThat(Parsers.faultOf("(")).contains("missing closing )");
        assertThat(Parsers.faultOf("no group")).contains("no named group");
        assertThat(Parsers.faultOf("(?P<a>x)\\1")).isNotNull();
        assertThatThrownBy(() -> Parsing.parser("nonsense", "UTC")).hasMessageContaining("nonsense");
        assertThatThrownBy(() -> Parsing.parser("regex", "UTC")).hasMessageContaining("pattern");
    }

    @ParameterizedTest
    @CsvSource({
        "/var/log/nginx/access.log, nginx, {}",
        "/var/log/apache2/error.log, apache, {}",
        "/var/log/dpkg.log, dpkg, {}",
        "/opt/shop/logs/app.log, shop, {}",
        "/var/log/syslog, , {}",
        "/var/log/pods/default_web-1_42ab/web/0.log, web,"
                + " '{namespace=default, pod=web-1, pod_uid=42ab, container=web}'",
    })
    void knowsWhoseAFileIs(String path, @Nullable String service, String metadata) {
        assertThat(PathOrigin.of(path).service()).isEqualTo(service);
        assertThat(PathOrigin.of(path).metadata()).hasToString(metadata);
    }

    @Test
    void knowsTheContainerOfALinkAndOfDockersFile() {
        String id = "0123456789abcdef".repeat(4);

        assertThat(PathOrigin.of("/var/log/containers/web-1_default_web-" + id + ".log")
                        .metadata())
                .containsEntry("container", "web")
                .containsEntry("namespace", "default")
                .containsEntry("container_id", id);
        assertThat(PathOrigin.of("/var/lib/docker/containers/" + id + "/" + id + "-json.log")
                        .metadata())
                .containsEntry("container_id", id);
    }
}
