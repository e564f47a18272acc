package dev.logagent.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RotatedNamesTest {

    @ParameterizedTest
    @CsvSource({
        "app.log.1, app.log",
        "app.log.12.gz, app.log",
        "app.log.gz, app.log",
        "app.log-20261121, app.log",
        "app.log-20261121.gz, app.log",
        "app.log.2026-11-21, app.log",
        "app.log.20261121-101500, app.log",
        "app.log.2026-11-21T10:15:00Z, app.log",
        "app-2026-11-21.log, app.log",
        "app-2026-11-21.7.log, app.log",
        "app.2026-11-21.log.gz, app.log",
        "app_1.log, app.log",
        "app.log.old, app.log",
        "app.log.bak, app.log",
        "app.log~, app.log",
        "syslog.1, syslog",
        "log 2026.log.1, log 2026.log",
        "größe.log.1, größe.log",
        "0.log.20261121-101500, 0.log",
    })
    void recognisesWhatRotationMakesOfAName(String rotated, String base) {
        assertThat(RotatedNames.basesOf(rotated)).contains(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.log", "syslog", "app", ".1", "1", "app.log.txt", "application-west.log", ""})
    void seesNoRotationInAnOrdinaryName(String name) {
        assertThat(RotatedNames.basesOf(name)).isEmpty();
    }

    @Test
    void neverNamesAFileItsOwnBase() {
        for (String name : new String[] {"a.1", "a.1.gz", "a-1.log", "a.gz", "a.1.2.3", "1.1.1"}) {
            assertThat(RotatedNames.basesOf(name)).doesNotContain(name);
        }
    }

    @Test
    void knowsCompressionByTheName() {
        assertThat(RotatedNames.isGzip("app.log.1.gz")).isTrue();
        assertThat(RotatedNames.isGzip("APP.LOG.GZ")).isTrue();
        assertThat(RotatedNames.isGzip("app.log.gzip")).isFalse();
    }
}
