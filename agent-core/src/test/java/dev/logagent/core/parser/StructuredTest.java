package dev.logagent.core.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Level;
import dev.logagent.api.LogEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StructuredTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1795258923             | 2026-11-21T11:02:03Z
            1795258923.5           | 2026-11-21T11:02:03.500Z
            1795258923.1239999     | 2026-11-21T11:02:03.123Z
            "1795258923"           | 2026-11-21T11:02:03Z
            1795258923123          | 2026-11-21T11:02:03.123Z
            "1795258923123"        | 2026-11-21T11:02:03.123Z
            1795258923123456       | 2026-11-21T11:02:03.123Z
            1795258923123456789    | 2026-11-21T11:02:03.123Z
            "2026-11-21T11:02:03,123+0100"                 | 2026-11-21T10:02:03.123Z
            "2026-11-21T11:02:03+01:00[Europe/Berlin]"     | 2026-11-21T10:02:03Z
            "21/Nov/2026:11:02:03 +0000"                   | 2026-11-21T11:02:03Z
            {"$date":"2026-11-21T11:02:03.123Z"}           | 2026-11-21T11:02:03.123Z
            """)
    void readsTimesInAnyUnit(String value, Instant expected) {
        LogEvent event = Parsing.event("json", "{\"msg\":\"x\",\"t\":" + value + "}");

        assertThat(event.run().hasTimestamp(0)).isTrue();
        assertThat(Instant.ofEpochMilli(event.timestampMillis())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "\"soon\"", "99999999999999999999", "-5", "null", "true", "{\"a\":1}", "\"12:00\""})
    void takesNothingElseForATime(String value) {
        assertThat(Parsing.event("json", "{\"msg\":\"x\",\"t\":" + value + "}")
                        .run()
                        .hasTimestamp(0))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TRACE    | 10, "trace", "TRC", "verbose", "finest"
            DEBUG    | 20, 7, "debug", "DBG", "d", "FINE", "D3"
            INFO     | 30, 6, 5, "info", "Information", "NOTICE", "i", "Informational"
            WARNING  | 40, 4, "warn", "WARNING", "W", "wrn"
            ERROR    | 50, 3, "err", "Error", "E", "SEVERE", "eror", "3"
            CRITICAL | 60, 2, 1, 0, "crit", "fatal", "F", "emerg", "ALERT", "panic", "dpanic"
            """)
    void normalisesLevels(Level expected, String values) {
        for (String value : values.split(", ")) {
            assertThat(Parsing.event("json", "{\"msg\":\"x\",\"level\":" + value + "}")
                            .level())
                    .as(value)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, INFO",
        "302, INFO",
        "404, WARNING",
        "499, WARNING",
        "500, ERROR",
        "599, ERROR",
        "7, INFO",
        "900, INFO"
    })
    void takesAnHttpStatusForTheLevelOfALineThatNamesNone(String status, Level expected) {
        assertThat(Parsing.event("json", "{\"status\":" + status + "}").level()).isEqualTo(expected);
        assertThat(Parsing.event("json", "{\"status\":\"" + status + "\"}").level())
                .isEqualTo(expected);
        assertThat(Parsing.event("logfmt", "method=GET status=" + status).level())
                .isEqualTo(expected);
        assertThat(Parsing.event("json", "{\"status\":" + status + ",\"level\":\"fatal\"}")
                        .level())
                .isEqualTo(Level.CRITICAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"trace_id\":\"0af7\",\"span_id\":\"b7ad\"",
                "\"traceId\":\"0af7\",\"spanId\":\"b7ad\"",
                "\"trace.id\":\"0af7\",\"span.id\":\"b7ad\"",
                "\"trace\":{\"id\":\"0af7\"},\"span\":{\"id\":\"b7ad\"}",
                "\"dd.trace_id\":\"0af7\",\"dd.span_id\":\"b7ad\"",
                "\"dd\":{\"trace_id\":\"0af7\", \"span_id\" : \"b7ad\"}",
                "\"otel.trace_id\":\"0af7\",\"otel.span_id\":\"b7ad\""
            })
    void findsTraceIdsUnderTheirUsualNames(String members) {
        assertThat(Parsing.event("json", "{\"msg\":\"x\"," + members + "}").metadata())
                .containsEntry("trace_id", "0af7")
                .containsEntry("span_id", "b7ad");
    }

    @Test
    void findsTraceIdsInATraceParent() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        assertThat(Parsing.event("logfmt", "level=info traceparent=" + parent).metadata())
                .containsEntry("trace_id", "0af7651916cd43dd8448eb211c80319c")
                .containsEntry("span_id", "b7ad6b7169203331")
                .containsEntry("traceparent", parent);
        assertThat(Parsing.event("json", "{\"traceparent\":\"00-short-01\"}").metadata())
                .doesNotContainKey("trace_id");
    }
}
