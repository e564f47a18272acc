package dev.logagent.core.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.core.config.ParserConfig;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineJudgeTest {

    private static final List<String> LINES = List.of(
            "{\"level\":\"error\",\"service\":\"shop\",\"msg\":\"no\"}",
            "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /ERROR HTTP/1.0\" 200 2326",
            "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 503 2326",
            "Nov 21 10:00:00 host sshd[7]: Failed password for root",
            "2026-11-21 10:00:00,123 WARN [main] dev.Shop - slow",
            "level=debug service=cart msg=x",
            "nothing to see",
            "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 | ERROR   | shop
            1 | INFO    | test
            2 | ERROR   | test
            3 | WARNING | sshd
            4 | WARNING | test
            5 | DEBUG   | cart
            6 | INFO    | test
            """)
    void findsLevelAndServiceOfALineOfAnyFormat(int line, String level, String service) {
        assertThat(found(new LineJudge("auto", ParserConfig.of("auto")), LINES.get(line)))
                .containsExactly(level + " " + service);
    }

    @Test
    void findsTheSameWhateverStoodBefore() {
        LineJudge fresh = new LineJudge("auto", ParserConfig.of("auto"));
        LineJudge experienced = new LineJudge("auto", ParserConfig.of("auto"));
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            String[] lines = random.ints(1 + random.nextInt(40), 0, LINES.size())
                    .mapToObj(LINES::get)
                    .toArray(String[]::new);
            List<String> found = found(experienced, lines);
            int any = random.nextInt(lines.length);

            assertThat(found(fresh, lines[any])).containsExactly(found.get(any));
        }
    }

    private static List<String> found(LineJudge judge, String... lines) {
        LineRun run = judge.apply(Parsing.run("/var/log/app.log", Parsing.READ_AT, lines));
        return IntStream.range(0, run.count())
                .mapToObj(line -> new LogEvent(run, line))
                .map(event -> event.level() + " " + event.service())
                .toList();
    }
}
