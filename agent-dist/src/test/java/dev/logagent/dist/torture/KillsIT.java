package dev.logagent.dist.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.testkit.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/** The agent is killed again and again, under load, while files are rotated and the destination misbehaves. */
final class KillsIT {

    private static final int LINES_PER_SECOND = 1000;

    private final Scene scene;
    private final long seed = Long.getLong("torture.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Deque<Rotated> rotated = new ArrayDeque<>();
    private final List<String> history = new ArrayList<>();
    private int names;

    /** A rotated file, and how many lines of its stream had been written by then. */
    private record Rotated(Path path, String stream, int lines) {}

    KillsIT(@TempDir Path folder) throws Exception {
        scene = new Scene(folder).follow("logs/*.log");
    }

    @AfterEach
    void end() throws Exception {
        scene.end();
    }

    @Scenario
    @DisplayName("T27: killed at any moment, under load and rotation")
    void losesNothingThoughItIsKilledAtAnyMoment() throws Exception {
        int kills = Integer.getInteger("torture.kills", Effort.of(12, 500));
        LogFile renamed = scene.log("renamed.log").lines(1);
        LogFile copied = scene.log("copied.log").lines(1);
        scene.start(); // what was rotated before the first start of all is not owed
        scene.kill();
        try (Load one = new Load(renamed, LINES_PER_SECOND);
                Load other = new Load(copied, LINES_PER_SECOND)) {
            for (int kill = 0; kill < kills; kill++) {
                scene.launch(List.of());
                misbehave();
                for (int i = random.nextInt(10); i >= 0; i--) {
                    TimePasses.of(Duration.ofMillis(random.nextInt(400)));
                    rotate(one, other);
                }
                scene.kill();
                assertThat(scene.judge().faults()).as(this::story).isEmpty();
                if (random.nextInt(3) == 0) {
                    rotate(one, other);
                }
                discardRead();
            }
        }
        scene.start();
        scene.awaitAll();
        scene.stop();
        assertThat(scene.judge().pieces()).isEmpty();
        assertThat(scene.judge().faults()).as(this::story).isEmpty();
        assertThat(scene.judge().deepestReplay())
                .as("seed %d: what was in flight, and what was delivered since the positions were last saved", seed)
                .isLessThan(inFlight());
    }

    private String story() {
        return "seed " + seed + "\n" + String.join("\n", history) + "\n" + scene.story();
    }

    /** What fits into memory, and what can be delivered from there within a second. */
    private static int inFlight() {
        int shortest = new TestLine("copied.log", 0).text().length();
        return 2 * (8 << 20) / shortest;
    }

    private void misbehave() {
        Answer[] faults = {Answer.status(503), new Answer.CutAfterBody(), new Answer.CutBeforeBody(), Answer.status(429)
        };
        for (int i = random.nextInt(4); i > 0; i--) {
            scene.collector().answerNext(Answer.status(204), faults[random.nextInt(faults.length)]);
        }
    }

    private void rotate(Load one, Load other) throws IOException {
        if (random.nextInt(3) == 0) {
            one.between(log -> {
                Path target = remember("renamed.log");
                log.rotateTo(target);
            });
        }
        if (random.nextInt(6) == 0) {
            other.between(log -> {
                Path target = remember("copied.log");
                log.copyTruncateTo(target);
            });
        }
    }

    private Path remember(String name) {
        Path path = scene.path(name + "-" + (20_260_000 + ++names));
        rotated.add(new Rotated(path, name, scene.ledger().count(name)));
        history.add(Instant.now() + " " + path.getFileName() + " after line "
                + scene.ledger().count(name));
        return path;
    }

    /** Deletes rotated files whose lines have all arrived, as a rotation does in the end. */
    private void discardRead() throws IOException {
        while (rotated.size() > 20) {
            Rotated oldest = rotated.element();
            if (scene.judge().countFromStart(oldest.stream()) < oldest.lines()) {
                return;
            }
            Files.delete(oldest.path());
            rotated.remove();
        }
    }
}
