package dev.logagent.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.config.DiscoveryConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscoveryTest {

    private final Host host;

    DiscoveryTest(@TempDir Path root) {
        host = new Host(root);
    }

    @Test
    void findsTheLogsOfADebianHostAndWhatTheyAre(@TempDir Path root) throws Exception {
        Path fixture = Host.debian();
        Host debian = Host.copyOf(fixture, root);
        List<String> expected = Files.readAllLines(fixture.resolve("expected.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(debian.look()).extracting(debian::row).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void saysWhyAFileIsNoLog() throws Exception {
        host.write("var/log/app.log", "a line\n");
        host.write("var/log/.hidden.log", "a line\n");
        host.write("var/log/binary.log", new byte[] {'a', 0, 'b'});
        host.write("var/log/config.v2.json", "{\"Config\":{\"Env\":[\"PASSWORD=x\"]}}\n");
        host.write("var/log/controls.log", "\u0001\u0002\u0003text".getBytes(StandardCharsets.UTF_8));
        host.write("var/log/data.sqlite3", "SQLite format 3");
        host.write("var/log/disguised.log", "SQLite format 3");
        host.write("var/log/journal/0123/system.journal", "LPKSHHRH");
        host.write("var/log/old.log.zst", "packed");
        host.write("var/log/orphan.log.gz", "packed");
        host.write("var/log/settings.json", "{\n  \"a\": 1\n}\n");
        host.write("var/log/wide.log", new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
        host.write("var/log/wtmp", "");
        host.write("var/log/wtmp.1", "");
        Files.createSymbolicLink(host.path("var/log/lost.log"), host.path("nowhere"));
        Files.createSymbolicLink(host.path("var/log/circle.log"), host.path("var/log/circle.log"));
        Files.createSymbolicLink(host.path("var/log/same.log"), host.path("var/log/app.log"));

        assertThat(host.reasons(host.look()))
                .containsExactly(
                        "var/log/.hidden.log skipped: hidden",
                        "var/log/app.log followed",
                        "var/log/binary.log skipped: binary",
                        "var/log/circle.log skipped: a link that leads to itself",
                        "var/log/config.v2.json skipped: not a log by its name",
                        "var/log/controls.log skipped: binary",
                        "var/log/data.sqlite3 skipped: a database",
                        "var/log/disguised.log skipped: a database",
                        "var/log/journal/0123/system.journal skipped: " + NameVerdict.JOURNAL,
                        "var/log/lost.log skipped: a link that leads nowhere",
                        "var/log/old.log.zst skipped: compressed",
                        "var/log/orphan.log.gz skipped: compressed",
                        "var/log/same.log skipped: the same file as "
                                + host.path("var/log/app.log").toRealPath(),
                        "var/log/settings.json skipped: a document, not lines",
                        "var/log/wide.log skipped: UTF-16: name it in [[sources]], with its encoding",
                        "var/log/wtmp skipped: a record of logins, not text",
                        "var/log/wtmp.1 skipped: a record of logins, not text");
    }

    @Test
    void takesRotatedFilesForWhatTheyAreOnlyBesideTheirLog() throws Exception {
        host.write("var/log/app.log", "a line\n");
        host.write("var/log/app.log.1", "a line\n");
        host.write("var/log/app.log.2.gz", "packed");
        host.write("var/log/app-20261120.log", "a line\n");
        host.write("var/log/tomcat/catalina.2026-11-20.log", "a line\n");
        host.write("var/log/tomcat/catalina.2026-11-21.log", "a line\n");

        assertThat(host.reasons(host.look()))
                .containsExactly(
                        "var/log/app-20261120.log rotated: rotated from app.log",
                        "var/log/app.log followed",
                        "var/log/app.log.1 rotated: rotated from app.log",
                        "var/log/app.log.2.gz rotated: rotated from app.log",
                        "var/log/tomcat/catalina.2026-11-20.log followed",
                        "var/log/tomcat/catalina.2026-11-21.log followed");
    }

    @Test
    void keepsToWhatIsIncludedAndNotExcludedAndToItsBounds() throws Exception {
        host.write("opt/shop/logs/app.log", "a line\n");
        host.write("opt/shop/logs/audit/login.log", "a line\n");
        host.write("opt/shop/logs/notes", "a line\n");
        host.write("opt/shop/conf/app.log", "a line\n");
        host.write("opt/bank/logs/app.log", "a line\n");
        host.write("opt/bank/logs/deep/er/app.log", "a line\n");
        host.write("opt/bank/logs/z.log", "a line\n");
        DiscoveryConfig config = new DiscoveryConfig(
                List.of(host.path("opt") + "/*/logs"),
                List.of(),
                List.of("*.log"),
                List.of("audit", host.path("opt/bank") + "/**/z.*"),
                Duration.ofSeconds(10),
                1,
                1);

        assertThat(host.reasons(host.look(config)))
                .containsExactly(
                        "opt/bank/logs/app.log followed",
                        "opt/bank/logs/deep/er skipped: a folder deeper than max_depth (1)",
                        "opt/bank/logs/z.log skipped: excluded",
                        "opt/shop/logs/app.log skipped: there are more than max_files (1)",
                        "opt/shop/logs/audit skipped: excluded",
                        "opt/shop/logs/notes skipped: not among those to include");
    }

    @Test
    void looksAgainAtWhatWasEmptyAndAtWhatIsAnotherFile() throws Exception {
        Path log = host.write("var/log/app/first.log", "");
        Discovery discovery = Discovery.of(host.usual(), host.path("state"));
        assertThat(discovery.look())
                .extracting(host::row)
                .containsExactly("var/log/app/first.log\tfollowed\tauto\tapp\tfirst\ttext");

        Files.writeString(log, "{\"level\":\"info\",\"message\":\"ready\"}\n");
        assertThat(discovery.look())
                .extracting(host::row)
                .containsExactly("var/log/app/first.log\tfollowed\tjson\tapp\tfirst\tapplication");

        Path other = host.write("var/log/app/other", new byte[] {0, 1, 2});
        Files.move(other, log, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(host.reasons(discovery.look())).containsExactly("var/log/app/first.log skipped: binary");
    }
}
