package dev.logagent.core.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.ParsedLines;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeReaderTest {

    private static final String BERLIN = "Europe/Berlin";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2026-01-31T23:59:59Z                    | 2026-01-31T23:59:59Z
                    2026-01-31T23:59:59.123456789+02:00     | 2026-01-31T21:59:59.123Z
                    2026-01-31 23:59:59,123                 | 2026-01-31T22:59:59.123Z
                    2026-07-31 23:59:59.5 -0330             | 2026-08-01T03:29:59.500Z
                    2026-07-31 23:59:59 CEST                | 2026-07-31T21:59:59Z
                    2026/07/31 23:59:59                     | 2026-07-31T21:59:59Z
                    20260131T235959Z                        | 2026-01-31T23:59:59Z
                    10/Oct/2000:13:55:36 -0700              | 2000-10-10T20:55:36Z
                    12-Nov-2023 10:11:12.123                | 2023-11-12T09:11:12.123Z
                    06 Jan 2026 10:11:12                    | 2026-01-06T09:11:12Z
                    Wed Oct 11 14:32:52.123456 2000         | 2000-10-11T12:32:52.123Z
                    Wed Oct 11 14:32:52 UTC 2000            | 2000-10-11T14:32:52Z
                    Tue, 15 Nov 1994 08:12:31 GMT           | 1994-11-15T08:12:31Z
                    Nov 21, 2026 1:02:03 PM                 | 2026-11-21T12:02:03Z
                    Nov 21, 2026 12:02:03 AM                | 2026-11-20T23:02:03Z
                    Nov 21, 2026 1:02:03\u202fPM           | 2026-11-21T12:02:03Z
                    31.01.2026 23:59:59                     | 2026-01-31T22:59:59Z
                    31-01-2026 23:59:59                     | 2026-01-31T22:59:59Z
                    1/31/2026 1:02:03 PM                    | 2026-01-31T12:02:03Z
                    11/12/2026, 13:02:03                    | 2026-11-12T12:02:03Z
                    31/01/2026 13:02:03                     | 2026-01-31T12:02:03Z
                    21 Nov 2026 13:02:03.123                | 2026-11-21T12:02:03.123Z
                    Feb 28 2025 10:00:00                    | 2025-02-28T09:00:00Z
                    2016-12-31T23:59:60Z                    | 2016-12-31T23:59:59Z
                    2024-02-29T00:00:00Z                    | 2024-02-29T00:00:00Z
                    """)
    void readsTimes(String text, Instant expected) {
        assertThat(read(BERLIN, "2026-11-21T12:00:00Z", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:61:00Z",
                "Foo 11 14:32:52",
                "Oct 32 14:32:52",
                "Oct 11 14:32",
                "31/Foo/2026:00:00:00 +0000",
                "0026-01-01T00:00:00Z",
                "1.2.3.4 - - 5",
                "13/13/2026 00:00:00",
                "Mon",
                "Monday morning"
            })
    void readsNothingElse(String text) {
        assertThat(millis(BERLIN, "2026-11-21T12:00:00Z", text)).isEqualTo(ParsedLines.NO_TIME);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2026-01-01T00:00:30Z | Dec 31 23:59:59 | 2025-12-31T23:59:59Z
                    2026-01-01T00:00:30Z | Jan  1 00:00:01 | 2026-01-01T00:00:01Z
                    2025-12-31T23:59:58Z | Jan  1 00:00:01 | 2026-01-01T00:00:01Z
                    2025-12-31T12:00:00Z | Dec 31 11:00:00 | 2025-12-31T11:00:00Z
                    2026-06-15T12:00:00Z | Dec 31 23:59:59 | 2025-12-31T23:59:59Z
                    2026-06-15T12:00:00Z | Jun 15 11:59:59 | 2026-06-15T11:59:59Z
                    2026-06-15T12:00:00Z | Jun 20 11:59:59 | 2025-06-20T11:59:59Z
                    2026-03-01T12:00:00Z | Feb 29 11:59:59 | 2024-02-29T11:59:59Z
                    2104-02-27T12:00:00Z | Feb 29 11:59:59 | 2096-02-29T11:59:59Z
                    """)
    void infersTheYearAroundNewYear(String readAt, String text, Instant expected) {
        assertThat(read("UTC", readAt, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2026-03-29 01:59:59 | 2026-03-29T12:00:00Z | 2026-03-29T00:59:59Z
                    2026-03-29 02:30:00 | 2026-03-29T12:00:00Z | 2026-03-29T01:30:00Z
                    2026-03-29 03:00:00 | 2026-03-29T12:00:00Z | 2026-03-29T01:00:00Z
                    2026-10-25 01:59:59 | 2026-10-25T12:00:00Z | 2026-10-24T23:59:59Z
                    2026-10-25 02:30:00 | 2026-10-25T12:00:00Z | 2026-10-25T01:30:00Z
                    2026-10-25 02:30:00 | 2026-10-25T00:30:01Z | 2026-10-25T00:30:00Z
                    2026-10-25 02:30:00 | 2026-10-25T01:30:01Z | 2026-10-25T01:30:00Z
                    2026-10-25 03:00:00 | 2026-10-25T12:00:00Z | 2026-10-25T02:00:00Z
                    """)
    void knowsDaylightSaving(String text, String readAt, Instant expected) {
        assertThat(read(BERLIN, readAt, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2026-11-21T12:00:00Z | 12:59:59.250 | 2026-11-21T11:59:59.250Z
                    2026-11-20T23:00:30Z | 23:59:59     | 2026-11-20T22:59:59Z
                    2026-11-20T23:00:30Z | 00:00:10     | 2026-11-20T23:00:10Z
                    """)
    void takesATimeOfDayForTheLastOne(String readAt, String text, Instant expected) {
        assertThat(read(BERLIN, readAt, text)).isEqualTo(expected);
    }

    @Test
    void agreesWithTheJdkOnAnyTimeInAnyZone() {
        Random random = new Random(7);
        for (String zone : new String[] {BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"}) {
            ZoneTimes times = new ZoneTimes(ZoneId.of(zone));
            for (int i = 0; i < 2_000; i++) {
                long local = random.nextLong(4_000_000_000L);
                LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
                var offsets = ZoneId.of(zone).getRules().getValidOffsets(time);
                if (offsets.size() == 1) {
                    assertThat(times.epochSeconds(local, Long.MAX_VALUE / 2))
                            .isEqualTo(time.toEpochSecond(offsets.get(0)));
                }
                assertThat(Dates.epochDay(time.getYear(), time.getMonthValue(), time.getDayOfMonth()))
                        .isEqualTo(time.toLocalDate().toEpochDay());
                assertThat(Dates.yearOf(time.toLocalDate().toEpochDay())).isEqualTo(time.getYear());
            }
        }
    }

    private static Instant read(String zone, String readAt, String text) {
        return Instant.ofEpochMilli(millis(zone, readAt, text));
    }

    private static long millis(String zone, String readAt, String text) {
        TimeReader times = new TimeReader(new ZoneTimes(ZoneId.of(zone)));
        times.readAt(Instant.parse(readAt).toEpochMilli());
        byte[] bytes = ("x" + text + " y").getBytes(StandardCharsets.UTF_8);
        return times.read(bytes, 1, bytes.length - 2);
    }
}
