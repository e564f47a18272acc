package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** After a wanted change of a table, run with {@code -DupdateGolden=true} and look at the difference. */
final class ConfigReferenceTest {

    private static final Path DOCUMENT = Path.of("../docs/configuration.md");

    @Test
    void isWhatTheDocumentSays() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(ConfigReference.BEGIN) + ConfigReference.BEGIN.length();
        int end = document.indexOf(ConfigReference.END);
        String expected = document.substring(0, begin) + "\n\n" + ConfigReference.markdown() + document.substring(end);
        if (Boolean.getBoolean("updateGolden")) {
            Files.writeString(DOCUMENT, expected);
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
    }

    @Test
    void tellsTypeLimitsAndDefault() {
        assertThat(ConfigReference.markdown())
                .contains("| `max_send_task` | integer, 1 to 255 | `5` |")
                .contains("| `end_point` | string or list of strings | **required** |")
                .contains("| `interval_secs` | number, at least 0.001 | `5` |")
                .contains("| `compression` | `none`, `gzip` | `none` |");
    }
}
