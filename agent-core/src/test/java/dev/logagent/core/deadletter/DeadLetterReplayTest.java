package dev.logagent.core.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.Batch;
import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.transport.SendResult;
import dev.logagent.core.deadletter.DeadLetterReplay.Outcome;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.ScriptedTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeadLetterReplayTest {

    @TempDir
    Path state;

    private final ScriptedTransport transport = new ScriptedTransport();
    private DeadLetterFolder folder = new DeadLetterFolder(Path.of(""));
    private DeadLetters letters = new DeadLetters(Path.of(""), 0, CrashPoints.NONE);

    @BeforeEach
    void open() {
        folder = DeadLetterFolder.in(state);
        letters = new DeadLetters(state, 1 << 20, CrashPoints.NONE);
    }

    private Outcome replay(Predicate<SourceInfo> permitted, Predicate<DeadLetter> selected)
            throws IOException, InterruptedException {
        return new DeadLetterReplay(
                        folder, "test", transport, UnaryOperator.identity(), permitted, selected, CrashPoints.NONE)
                .run();
    }

    private Outcome replayAll() throws IOException, InterruptedException {
        return replay(source -> true, letter -> true);
    }

    private List<DeadLetter> all() throws IOException, InterruptedException {
        List<DeadLetter> all = new ArrayList<>();
        folder.read(new DeadLetterFolder.Reader() {
            @Override
            public void letter(DeadLetter letter, String json) {
                all.add(letter);
            }

            @Override
            public void damaged(Path file, String line, String reason) {
                throw new AssertionError(reason);
            }
        });
        return all;
    }

    private List<String> left() throws IOException, InterruptedException {
        return all().stream().map(letter -> letter.event().text()).toList();
    }

    private void add(String source, String... lines) throws IOException {
        letters.add(Runs.batch(1, Runs.at(source, 0, lines)), "400", 3);
    }

    @Test
    void deliversTheSameEventsAndRemovesThem() throws Exception {
        SourceInfo source =
                new SourceInfo("app", "svc", "part", "host", "eu", "secret", Map.of("team", "a \"b\"", "x", "y"));
        LineRun run =
                Runs.of(source, new FileInfo("/var/log/app \u00fc.log", -5), 70, "first", "windows\r", "\u20ac\u0001");
        Batch batch = Runs.batch(1, run);
        letters.add(batch, "400", 1);

        assertThat(replayAll()).isEqualTo(new Outcome(3, 0, 0, 0, 0, null));

        List<LogEvent> before = batch.events();
        List<LogEvent> after = transport.events();
        assertThat(after.stream().map(LogEvent::id))
                .isEqualTo(before.stream().map(LogEvent::id).toList());
        for (int i = 0; i < 3; i++) {
            assertThat(after.get(i).text()).isEqualTo(before.get(i).text());
            assertThat(after.get(i).source()).isEqualTo(source);
            assertThat(after.get(i).run().file()).isEqualTo(run.file());
            assertThat(after.get(i).run().endOffset())
                    .isEqualTo(run.slice(i, i + 1).endOffset());
            assertThat(payload(after.get(i))).isEqualTo(payload(before.get(i)));
        }
        assertThat(all()).isEmpty();
        assertThat(folder.files()).isEmpty();
    }

    private static String payload(LogEvent event) {
        JsonBuffer out = new JsonBuffer(100);
        PayloadEncoder.of(Format.BATCH).encode(Runs.batch(1, event.run().slice(event.line(), event.line() + 1)), out);
        return out.toString();
    }

    @Test
    void keepsWhatIsRefusedAgainWithTheNewReason() throws Exception {
        add("app", "good", "bad", "fine");
        transport.usually(batch ->
                Runs.texts(batch).contains("bad") ? new SendResult.Rejected("422 bad") : SendResult.delivered());

        assertThat(replayAll()).isEqualTo(new Outcome(2, 1, 0, 0, 0, null));

        assertThat(transport.texts()).containsExactlyInAnyOrder("good", "fine");
        assertThat(all()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("422 bad");
            assertThat(letter.attempts()).isEqualTo(4);
        });
    }

    @Test
    void settlesEachEventOfSeveralSourcesWhereTheDestinationDoes() throws Exception {
        add("one", "a", "b");
        add("two", "c");
        add("one", "d");
        BitSet delivered = new BitSet();
        delivered.set(0); // a
        delivered.set(3); // c
        transport.usually(batch -> new SendResult.Partial(delivered, Map.of(1, "no b"), "later", null));

        assertThat(replayAll()).isEqualTo(new Outcome(2, 1, 0, 1, 0, "later"));

        assertThat(left()).containsExactlyInAnyOrder("b", "d");
    }

    @Test
    void keepsEverythingWhenTheDestinationTakesNothing() throws Exception {
        add("app", "one", "two");
        transport.usually(batch -> SendResult.retry("503"));

        assertThat(replayAll()).isEqualTo(new Outcome(0, 0, 0, 2, 0, "503"));

        assertThat(left()).containsExactly("one", "two");
        assertThat(all()).allSatisfy(letter -> assertThat(letter.attempts()).isEqualTo(3));
    }

    @Test
    void sendsOnlyWhatIsSelectedAndMaySentThere() throws Exception {
        add("app", "one", "two");
        add("abroad", "three");

        assertThat(replay(
                        source -> !source.name().equals("abroad"),
                        letter -> !letter.event().text().equals("one")))
                .isEqualTo(new Outcome(1, 0, 1, 1, 0, null));

        assertThat(transport.texts()).containsExactly("two");
        assertThat(left()).containsExactly("one", "three");
    }

    @Test
    void leavesWhatAnAgentAddsMeanwhile() throws Exception {
        add("app", "one");
        transport.usually(batch -> {
            try {
                letters.add(Runs.batch(2, Runs.at("app", 100, "new")), "400", 1);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return SendResult.delivered();
        });

        assertThat(replayAll().delivered()).isEqualTo(1);

        assertThat(left()).containsExactly("new");
    }

    @Test
    void keepsLinesThatAreDamaged() throws Exception {
        add("app", "one");
        Files.writeString(folder.current(), "{\"reason\": \"torn\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);

        assertThat(replayAll()).isEqualTo(new Outcome(1, 0, 0, 0, 1, null));

        assertThat(folder.files())
                .singleElement()
                .satisfies(file -> assertThat(Files.readString(file)).isEqualTo("{\"reason\": \"torn\n"));
    }

    @Test
    void refusesASecondReplayAtTheSameTime() throws Exception {
        add("app", "one");
        try (DeadLetterFolder.Hold hold = folder.holdReplay()) {
            assertThat(hold).isNotNull();
            assertThatThrownBy(this::replayAll).hasMessageContaining("being replayed already");
        }
        assertThat(replayAll().delivered()).isEqualTo(1);
    }

    @Test
    void readsLettersOfAgentsThatDidNotWriteTheOrigin() throws Exception {
        add("app", "one");
        String letter = Files.readString(folder.current());
        Files.writeString(folder.current(), letter.substring(0, letter.indexOf(",\"origin\"")) + "}\n");

        replayAll();

        assertThat(transport.events()).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(new LogEvent(Runs.at("app", 0, "one"), 0).id());
            assertThat(event.source()).isEqualTo(SourceInfo.named("app"));
            assertThat(event.run().endOffset()).isEqualTo(4);
        });
    }
}
