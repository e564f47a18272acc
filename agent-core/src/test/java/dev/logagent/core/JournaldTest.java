package dev.logagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logagent.api.Level;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.InputConfig.Journald;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.ParserConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.testing.Journal;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.ScriptedTransport;
import dev.logagent.core.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads journals that systemd's own tools make, with systemd's own reader. */
final class JournaldTest {

    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();
    private Journal journal;

    @BeforeEach
    void makeFolder() throws IOException {
        journal = new Journal(Files.createDirectories(folder.resolve("journal")));
    }

    private Journald config(String... units) {
        return new Journald(List.of(units), List.of(), journal.folder(), "journalctl");
    }

    private Settings settings(Journald config, StartAt start) {
        return Settings.in(folder.resolve("state"))
                .source(new SourceConfig(
                        SourceInfo.named("j"),
                        List.of(),
                        List.of(),
                        Duration.ofMillis(20),
                        start,
                        ParserConfig.unset(),
                        MultilineConfig.NONE,
                        config));
    }

    private Agent started(Settings settings, ScriptedTransport transport) throws IOException {
        Agent agent = new Agent(settings.agent(), Map.of(OutputConfig.DEFAULT_NAME, transport), output -> events);
        agent.start();
        return agent;
    }

    private List<LogEvent> readAll(Journald config) throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = started(settings(config, StartAt.BEGINNING), transport)) {
            agent.awaitDelivered();
        }
        return transport.events();
    }

    private static List<String> messages(List<LogEvent> events) {
        return events.stream().map(LogEvent::message).toList();
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "entry " + i).toList();
    }

    @Test
    void deliversEveryEntryWithItsLevelTimeAndService() throws Exception {
        journal.add("shop.service", 3, "no item left");
        journal.add("shop.service", 6, "two\nlines \u00e4");

        List<LogEvent> read = readAll(config());

        assertThat(messages(read)).containsExactly("no item left", "two\nlines \u00e4");
        LogEvent first = read.get(0);
        assertThat(first.level()).isEqualTo(Level.ERROR);
        assertThat(first.service()).isEqualTo("shop");
        assertThat(first.timestampMillis()).isEqualTo(Journal.FIRST_MILLIS);
        assertThat(first.metadata()).containsEntry("unit", "shop.service").containsKeys("boot_id", "cursor");
    }

    @Test
    void decodesFieldsThatAreNotText() throws Exception {
        journal.addBinary("shop.service", new byte[] {'h', 'i', (byte) 0xff, '!'});

        assertThat(messages(readAll(config()))).containsExactly("hi\ufffd!");
    }

    @Test
    void readsOnlyTheUnitsThatAreAskedFor() throws Exception {
        journal.add("a.service", 6, "from a");
        journal.add("b.service", 6, "from b");
        journal.add("c.service", 6, "from c");

        assertThat(messages(readAll(config("a.service", "c.service")))).containsExactly("from a", "from c");
    }

    @Test
    void goesOnWhereItEndedWithoutLossOrRepetition() throws Exception {
        Set<String> ids = new TreeSet<>();
        for (int life = 0; life < 4; life++) {
            for (int i = 5 * life; i < 5 * life + 5; i++) {
                journal.add("a.service", 6, "entry " + i);
            }
            List<LogEvent> read = readAll(config());
            assertThat(messages(read)).isEqualTo(numbered(5 * life, 5 * life + 5));
            read.forEach(event -> ids.add(event.id()));
        }
        assertThat(ids).hasSize(20);
        assertThat(events.named("recordsLost")).isEmpty();
    }

    @Test
    void followsNewEntriesAndBeginsAtTheEndWhenToldTo() throws Exception {
        journal.add("a.service", 6, "old");
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = started(settings(config(), StartAt.END), transport)) {
            await().until(() -> !events.named("inputOpened").isEmpty());
            journal.add("a.service", 6, "new");
            await().until(() -> !transport.events().isEmpty());
            assertThat(agent.drain().events()).isZero();
        }

        assertThat(messages(transport.events())).containsExactly("new");
        assertThat(readAll(config())).isEmpty();
    }

    @Test
    void repeatsEntriesThatWereNotConfirmedUnderTheSameIds() throws Exception {
        for (int i = 0; i < 50; i++) {
            journal.add("a.service", 6, "entry " + i);
        }
        ScriptedTransport down = new ScriptedTransport().usually(batch -> {
            throw new IOException("down");
        });
        Settings settings = settings(config(), StartAt.BEGINNING).shutdown(Duration.ofMillis(1));
        try (Agent agent = started(settings, down)) {
            await().until(() -> !down.sent().isEmpty());
            agent.drain();
        }

        List<LogEvent> read = readAll(config());

        assertThat(messages(read)).isEqualTo(numbered(0, 50));
        assertThat(down.sent().get(0).events().get(0).id())
                .isEqualTo(read.get(0).id());
    }

    @Test
    void tellsWhenTheJournalThatWasReadIsGone() throws Exception {
        journal.add("a.service", 6, "before");
        List<LogEvent> before = readAll(config());
        journal.vacuum();
        journal.add("a.service", 6, "after");

        List<LogEvent> after = readAll(config());

        assertThat(messages(after)).containsExactly("after");
        assertThat(after.get(0).id()).isNotEqualTo(before.get(0).id());
        assertThat(events.named("recordsLost")).hasSize(1).first().asString().contains("vacuumed");
    }

    @Test
    void countsEntriesThatWereVacuumedBeforeTheyWereRead() throws Exception {
        Path entry = folder.resolve("entry");
        Journald fake = new Journald(
                List.of(), List.of(), null, script("cat '" + entry + "'\n").toString());
        String entries = "{\"__CURSOR\":\"s=aa;i=%x;b=b0\",\"MESSAGE\":\"%s\","
                + "\"__REALTIME_TIMESTAMP\":\"1763625600123456\"}\n";

        Files.writeString(entry, entries.formatted(4, "a"));
        assertThat(messages(readAll(fake))).containsExactly("a");
        Files.writeString(entry, entries.formatted(9, "b"));
        assertThat(messages(readAll(fake))).containsExactly("b");

        assertThat(events.named("recordsLost")).hasSize(1).first().asString().startsWith("recordsLost 4 ");
    }

    @Test
    void startsTheReaderAgainWhenItDies() throws Exception {
        Path lives = folder.resolve("lives");
        Journald fake = new Journald(
                List.of(), List.of(), null, script("""
                case "$*" in
                  *--lines=1*) echo '{"__CURSOR":"s=a;i=1"}'; exit;;
                esac
                echo x >> '%s'
                if [ $(wc -l < '%s') -gt 1 ]; then
                  echo '{"__CURSOR":"s=a;i=1","MESSAGE":"a","__REALTIME_TIMESTAMP":"1763625600123456"}'
                  echo '{"__CURSOR":"s=a;i=2","MESSAGE":"b","__REALTIME_TIMESTAMP":"1763625600123456"}'
                  exec sleep 60
                fi
                echo '{"__CURSOR":"s=a;i=1","MESSAGE":"a","__REALTIME_TIMESTAMP":"1763625600123456"}'
                printf '{"__CURSOR":"s=a;i=2","MESS'
                echo 'the journal is sick' >&2
                exit 3
                """.formatted(lives, lives)).toString());
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = started(settings(fake, StartAt.BEGINNING), transport)) {
            await().until(() -> transport.events().size() == 2);
            assertThat(agent.status().inputsFailing()).isZero();
        }

        assertThat(messages(transport.events())).containsExactly("a", "b");
        assertThat(events.named("inputFailing"))
                .hasSize(1)
                .first()
                .asString()
                .contains("exit code 3: the journal is sick");
        assertThat(events.named("inputRecovered")).hasSize(1);
    }

    @Test
    void saysWhenThisHostHasNoJournal() throws Exception {
        Journald none = new Journald(
                List.of(), List.of(), null, folder.resolve("no-journalctl").toString());
        ScriptedTransport transport = new ScriptedTransport();
        try (Agent agent = started(settings(none, StartAt.END), transport)) {
            agent.awaitDelivered();
            assertThat(agent.status().inputsFailing()).isOne();
        }
        assertThat(events.named("inputFailing")).hasSize(1).first().asString().contains("cannot be run");
    }

    private Path script(String body) throws IOException {
        Path script = folder.resolve("journalctl");
        Files.writeString(script, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
