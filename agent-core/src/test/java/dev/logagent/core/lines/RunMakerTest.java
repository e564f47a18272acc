package dev.logagent.core.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.lines.RunMaker.Joined;
import dev.logagent.core.multiline.Preset;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RunMakerTest {

    private static final LineRules RULES = new LineRules(
            SourceInfo.named("s"), 1000, Preset.JAVA, Duration.ofHours(1), null, new AgentEvents() {});

    /** Wherever a rotation cuts a log between two lines: its events are those of the log in one piece. */
    @Test
    void eventsAreTheSameWhereverALogIsSpreadOverTwoFiles() {
        Seeds.forEach(300, random -> {
            List<String> events = events(random);
            String text = String.join("", events);
            int cut = random.nextInt(text.length());
            cut = random.nextInt(10) == 0 ? text.length() : text.indexOf('\n', cut) + 1;
            String older = text.substring(0, cut);
            byte[] newer = text.substring(cut).getBytes(StandardCharsets.UTF_8);

            List<String> found = new ArrayList<>();
            int taken = readOlder(older, newer, found);
            byte[] rest = Arrays.copyOfRange(newer, taken, newer.length);
            readAlone(new RunMaker(new FileInfo("/log", 2), RULES), rest, found);

            assertThat(found).isEqualTo(events.stream().map(String::stripTrailing).toList());
        });
    }

    private static List<String> events(Random random) {
        List<String> events = new ArrayList<>();
        for (int event = 0; event < 1 + random.nextInt(5); event++) {
            events.add("event " + event + "\n" + ("\tat frame " + random.nextInt(100) + "\n").repeat(random.nextInt(4)));
        }
        return events;
    }

    /** Gives how many bytes of the newer file were taken. */
    private static int readOlder(String older, byte[] newer, List<String> found) {
        byte[] bytes = older.getBytes(StandardCharsets.UTF_8);
        RunMaker runs = new RunMaker(new FileInfo("/log.1", 1), RULES);
        int from = 0;
        int taken = 0;
        while (from < bytes.length) {
            Joined next = runs.next(bytes, from, bytes.length, from, false, newer, newer.length == 0);
            LineRun run = next.run();
            if (run == null) {
                assertThat(runs.isHolding()).isTrue();
                // The newer file holds nothing but what belongs to the event, so far: time is over.
                next = runs.next(bytes, from, bytes.length, from, false, newer, true);
                run = next.run();
            }
            assertThat(run).isNotNull();
            assertThat(run.startOffset()).isEqualTo(from);
            found.addAll(Runs.texts(Runs.batch(1, run)));
            from += run.byteCount();
            taken += next.taken();
        }
        assertThat(from).isEqualTo(bytes.length);
        return taken;
    }

    private static void readAlone(RunMaker runs, byte[] bytes, List<String> found) {
        int from = 0;
        while (from < bytes.length) {
            LineRun run = runs.next(bytes, from, bytes.length, from, false, true);
            assertThat(run).isNotNull();
            found.addAll(Runs.texts(Runs.batch(1, run)));
            from += run.byteCount();
        }
    }
}
