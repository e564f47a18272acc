package dev.logagent.core.multiline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.config.MultilineConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PresetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    JAVA   | '	at com.example.App.main(App.java:3)'                 | true
                    JAVA   | 'Caused by: java.io.IOException: gone'               | true
                    JAVA   | '	... 12 more'                                       | true
                    JAVA   | 'java.lang.IllegalStateException: empty'             | true
                    JAVA   | 'org.example.Outer$Oops$MyError'                     | true
                    JAVA   | '2026-11-20 08:00:00 ERROR java.lang.Error: no'      | false
                    JAVA   | 'Error: could not find main class'                   | false
                    JAVA   | ''                                                   | false
                    PYTHON | 'Traceback (most recent call last):'                 | true
                    PYTHON | '  File "x.py", line 4, in <module>'                 | true
                    PYTHON | 'ValueError: invalid literal'                        | true
                    PYTHON | 'KeyboardInterrupt'                                  | true
                    PYTHON | '2026-11-20 08:00:00,1 - a - ERROR - bad'            | false
                    GO     | 'goroutine 1 [running]:'                             | true
                    GO     | 'main.(*Server).run(0xc000010000)'                   | true
                    GO     | 'panic({0x6a1b20?, 0xc0000b2018?})'                  | true
                    GO     | '	/src/main.go:12 +0x1d'                             | true
                    GO     | 'panic: no'                                          | false
                    GO     | '2009/11/10 23:00:00 main.go:12: done (really)'      | false
                    """)
    void tellsWhichLinesGoOn(Preset preset, String line, boolean expected) {
        assertThat(continues(preset, line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'ERROR no order'                    | 'java.lang.IllegalStateException: empty' | true
                    'ERROR no order'                    | '	at com.example.App.main(App.java:3)' | true
                    'ERROR no order'                    | 'ValueError: invalid literal'            | false
                    'ERROR no order'                    | 'Traceback (most recent call last):'     | true
                    'Traceback (most recent call last)' | 'ValueError: invalid literal'            | true
                    'panic: no'                         | 'main.(*Server).run(0xc000010000)'       | true
                    'panic: no'                         | ''                                       | true
                    'http: panic serving 127.0.0.1:80:' | 'goroutine 19 [running]:'                | true
                    'fatal error: all are asleep'       | 'goroutine 1 [chan receive]:'            | true
                    'Nov 21, 2026 9:56:40 PM J main'    | 'SEVERE: failed'                         | true
                    'Nov 21, 2026 9:56:40 PM J main'    | 'Error: failed'                          | false
                    'Nov 21 09:56:40 debian sshd[7]: x' | 'SEVERE: failed'                         | false
                    'going on'                          | 'SEVERE: failed'                         | false
                    'going on'                          | 'main.(*Server).run(0xc000010000)'       | false
                    'going on'                          | ''                                       | false
                    'going on'                          | 'Error: cannot open'                     | false
                    """)
    void autoTakesForATraceOnlyWhatBelongsToOne(String event, String line, boolean expected) {
        byte[] bytes = (event + "\n" + line).getBytes(StandardCharsets.UTF_8);

        assertThat(Preset.AUTO.continues(bytes, 0, event.length() + 1, bytes.length))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "going on, false",
        "2026-11-20 ERROR no, true",
        "'{\"level\":\"ERROR\"}', false",
        "panic: no, true",
        "'Nov 1, 2026 9:56:40 PM J main', true"
    })
    void autoWaitsOnlyForTracesThatMayCome(String event, boolean expected) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);

        assertThat(Preset.AUTO.mayGoOn(bytes, 0, bytes.length)).isEqualTo(expected);
    }

    @Test
    void groupsByPatterns() {
        Grouping start = patterns("^\\d", null, null);
        assertThat(continues(start, "2026 begins")).isFalse();
        assertThat(continues(start, "more")).isTrue();
        Grouping goOn = patterns(null, "^\\s|^}", null);
        assertThat(continues(goOn, "}")).isTrue();
        assertThat(continues(goOn, "next")).isFalse();
        Grouping end = patterns(null, null, ";$");
        byte[] last = "done;".getBytes(StandardCharsets.UTF_8);
        assertThat(continues(end, "anything")).isTrue();
        assertThat(end.ends(last, 0, last.length)).isTrue();
        assertThat(end.ends(last, 0, 2)).isFalse();
    }

    private static Grouping patterns(@Nullable String start, @Nullable String goOn, @Nullable String end) {
        return Grouping.of(new MultilineConfig(null, start, goOn, end, Duration.ofSeconds(1)));
    }

    private static boolean continues(Grouping grouping, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return grouping.continues(bytes, 0, 0, bytes.length);
    }
}
