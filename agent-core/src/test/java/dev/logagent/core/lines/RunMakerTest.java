package dev.logagent.core.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.multiline.Grouping;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunMakerTest {

    private static final FileInfo OLDER = new FileInfo("/log.1", 1);
    private static final FileInfo NEWER = new FileInfo("/log", 2);
    private static final List<String> STREAMS = List.of("stdout", "stderr");

    private static LineRules rules(int maxLineBytes) {
        Grouping grouping = Grouping.of(new MultilineConfig("java", null, null, null, Duration.ofHours(1)), true);
        return new LineRules(
                SourceInfo.named("s"), maxLineBytes, grouping, Duration.ofHours(1), null, new AgentEvents() {});
    }

    /** Wherever a log is cut between two lines, and however streams interleave in it: events are whole. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eventsAreWholeWhereverALogIsSpreadOverTwoFiles(int streams) {
        Seeds.forEach(500, random -> {
            List<List<String>> events = new ArrayList<>();
            List<List<String>> lines = new ArrayList<>();
            for (String stream : STREAMS.subList(0, streams)) {
                List<String> ofStream = events(random, stream);
                events.add(ofStream);
                lines.add(ofStream.stream().flatMap(String::lines).toList());
            }
            List<String> text = shuffled(random, lines);
            int cut = random.nextInt(text.size() + 1);
            byte[] older = bytes(text.subList(0, cut));
            byte[] newer = bytes(text.subList(cut, text.size()));

            List<String> found = new ArrayList<>();
            int taken = readOlder(older, newer, found);
            readAlone(newer, taken, found);

            for (int stream = 0; stream < streams; stream++) {
                String name = STREAMS.get(stream);
                assertThat(found.stream().filter(event -> event.contains(' ' + name + ' ')))
                        .as(() -> name + " of " + text + " cut at " + cut)
                        .isEqualTo(events.get(stream));
            }
        });
    }

    @Test
    void anEventOfAQuietStreamDoesNotHoldUpABusyOne() {
        String quiet = line("stderr", "2026-11-20 ERROR once");
        String busy = line("stdout", "2026-11-20 INFO again") + '\n';
        byte[] text = (quiet + '\n' + busy.repeat(EventLines.MOST_BETWEEN + 1)).getBytes(StandardCharsets.UTF_8);

        LineRun run = new RunMaker(OLDER, rules(1000)).next(text, 0, text.length, 0, false, false);

        assertThat(Objects.requireNonNull(run).count()).as("but the last one").isEqualTo(EventLines.MOST_BETWEEN + 1);
    }

    @Test
    void anEventThatGrowsTooLongIsCutBetweenTwoLines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lines.add(line("stdout", "\tat frame " + i));
            lines.add(line("stderr", "2026-11-20 INFO between " + i));
        }
        List<String> found = new ArrayList<>();
        byte[] text = bytes(lines);
        RunMaker runs = new RunMaker(NEWER, rules(300));

        for (int from = 0, taken = 1; taken > 0; from += taken) {
            taken = add(runs.next(text, from, text.length, from, false, true), found);
        }

        assertThat(found).allMatch(event -> event.length() <= 300);
        assertThat(found.stream().flatMap(String::lines)).containsExactlyInAnyOrderElementsOf(lines);
    }

    private static List<String> events(Random random, String stream) {
        List<String> events = new ArrayList<>();
        for (int event = 0; event < 1 + random.nextInt(5); event++) {
            StringBuilder text = new StringBuilder(line(stream, "2026-11-20 ERROR event " + event));
            for (int frame = random.nextInt(4); frame > 0; frame--) {
                text.append('\n').append(line(stream, "\tat frame " + random.nextInt(100)));
            }
            events.add(text.toString());
        }
        return events;
    }

    private static String line(String stream, String text) {
        return "2026-11-20T08:00:00.123456789Z " + stream + " F " + text;
    }

    /** The lines of all streams, those of each in their order. */
    private static List<String> shuffled(Random random, List<List<String>> streams) {
        List<List<String>> left = new ArrayList<>();
        streams.forEach(lines -> left.add(new ArrayList<>(lines)));
        List<String> text = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> next = left.get(random.nextInt(left.size()));
            text.add(next.remove(0));
            left.removeIf(List::isEmpty);
        }
        return text;
    }

    private static byte[] bytes(List<String> lines) {
        return String.join("", lines.stream().map(line -> line + '\n').toList()).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the older file as it grows, and to its end when the newer one is there. Gives how much is taken of that. */
    private static int readOlder(byte[] older, byte[] newer, List<String> found) {
        RunMaker runs = new RunMaker(OLDER, rules(1000));
        int from = 0;
        for (int to = 0; to <= older.length; to++) {
            if (to > from && older[to - 1] == '\n') {
                from += add(runs.next(older, from, to, from, false, false), found);
            }
        }
        int taken = 0;
        boolean isOver = newer.length == 0;
        while (from < older.length) {
            Joined next = runs.next(older, from, older.length, from, false, new Opening(NEWER, newer), isOver);
            assertThat(next.run() != null || !isOver).isTrue();
            from += add(next.run(), found);
            taken += next.taken() + add(next.following(), found);
            isOver |= next.run() == null; // all of the newer one belongs to the event: nothing more comes
        }
        assertThat(from).isEqualTo(older.length);
        return taken;
    }

    private static void readAlone(byte[] bytes, int start, List<String> found) {
        RunMaker runs = new RunMaker(NEWER, rules(1000));
        int from = start;
        while (from < bytes.length) {
            int taken = add(runs.next(bytes, from, bytes.length, from, false, true), found);
            assertThat(taken).isPositive();
            from += taken;
        }
    }

    private static int add(@Nullable LineRun run, List<String> found) {
        if (run == null) {
            return 0;
        }
        found.addAll(Runs.texts(Runs.batch(1, run)));
        return run.byteCount();
    }
}
