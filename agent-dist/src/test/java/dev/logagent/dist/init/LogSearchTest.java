package dev.logagent.dist.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogSearchTest {

    @TempDir
    Path folder;

    @Test
    void findsLiveTextLogsOnly() throws Exception {
        write("syslog", "a line\n");
        write("nginx/access.log", "a line\n");
        write("empty.log", "");
        write("umlaut.log", "ä".repeat(5000));
        for (String leftOut : List.of(
                "syslog.1",
                "nginx/access.log.2.gz",
                "app.log.old",
                "app-20260101",
                "app.log-20260101",
                "app.1.log",
                "wtmp",
                ".hidden.log",
                "a/b/c/too-deep.log",
                "empty-without-a-log-name")) {
            write(leftOut, leftOut.startsWith("empty") ? "" : "text\n");
        }
        Files.write(folder.resolve("binary.log"), new byte[] {'a', 0, 'b'});
        Files.write(folder.resolve("latin.log"), "\u00e4\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(LogSearch.below(folder))
                .map(path -> folder.relativize(path).toString())
                .containsExactly("empty.log", "nginx/access.log", "syslog", "umlaut.log");
        assertThat(LogSearch.below(folder.resolve("missing"))).isEmpty();
    }

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
