package dev.logagent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LevelTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    2024-01-15 10:30:02 ERROR Connection failed            | ERROR
                    2024-01-15T10:30:02.123Z WARN  [main] c.e.Foo - slow   | WARNING
                    [2024-01-15 10:30:02,123] WARNING in app: slow         | WARNING
                    DEBUG:root:hello                                       | DEBUG
                    TRACE x                                                | TRACE
                    NOTICE x                                               | INFO
                    SEVERE: it broke                                       | ERROR
                    [ERR] it broke                                         | ERROR
                    FATAL x                                                | CRITICAL
                    EMERG x                                                | CRITICAL
                    level=error msg="no"                                   | ERROR
                    level="warn" msg="no"                                  | WARNING
                    {"level":"debug","msg":"x"}                            | DEBUG
                    {"time":1,"level": "Fatal"}                            | CRITICAL
                    INFO all went well, no ERROR                           | INFO
                    an error in lower case is part of the message          | INFO
                    Error handling was improved                            | INFO
                    TERRORS and ERRORS are other words                     | INFO
                    nothing to see                                         | INFO
                    `  `                                                   | INFO
                    """)
    void findsTheWordThatNamesTheLevel(String line, Level expected) {
        assertThat(detect(line)).isEqualTo(expected);
    }

    @Test
    void looksOnlyNearTheStart() {
        assertThat(detect("x ".repeat(30) + "ERROR")).isEqualTo(Level.ERROR);
        assertThat(detect("x ".repeat(60) + "ERROR")).isEqualTo(Level.INFO);
    }

    @Test
    void looksOnlyWithinTheLine() {
        byte[] bytes = "ERROR hello ERROR".getBytes(StandardCharsets.UTF_8);

        assertThat(Level.detect(bytes, 5, 12)).isEqualTo(Level.INFO);
        assertThat(Level.detect(bytes, 5, 16)).isEqualTo(Level.INFO);
        assertThat(Level.detect(bytes, 5, 17)).isEqualTo(Level.ERROR);
    }

    private static Level detect(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return Level.detect(bytes, 0, bytes.length);
    }
}
