package dev.logagent.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339Test {

    private static final DateTimeFormatter EXPECTED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    @Test
    void agreesWithJavaTimeOnRandomTimes() {
        Random random = new Random(42);
        for (int round = 0; round < 100_000; round++) {
            long millis = random.nextLong(FIRST, LAST + 1);
            String expected = EXPECTED.format(Instant.ofEpochMilli(millis));
            if (!Rfc3339.format(millis).equals(expected)) {
                assertThat(Rfc3339.format(millis)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00.000Z",
                "0000-02-29T12:00:00.001Z",
                "1900-02-28T23:59:59.999Z",
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00.000Z",
                "2000-02-29T00:00:00.000Z",
                "2024-02-29T23:59:59.999Z",
                "2024-12-31T23:59:59.999Z",
                "2100-03-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z"
            })
    void writesTheEdgesOfTheCalendar(String time) {
        assertThat(Rfc3339.format(Instant.parse(time).toEpochMilli())).isEqualTo(time);
    }
}
