package dev.logagent.core.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OpenBatchTest {

    @Test
    void isFullWhenItHasEnoughEvents() {
        OpenBatch open = new OpenBatch(3, 1000);

        assertThat(open.add(Runs.at("s", 0, "a", "b"))).isEqualTo(2);
        assertThat(open.isFull()).isFalse();
        assertThat(open.add(Runs.at("s", 4, "c", "d"))).isEqualTo(1);
        assertThat(open.isFull()).isTrue();
    }

    @Test
    void growsUntilItIsClosedWhenItIsLetTo() {
        OpenBatch open = new OpenBatch(2, 1000);
        open.add(Runs.at("s", 0, "a", "b"));

        assertThat(open.grow(2)).isFalse();
        assertThat(open.grow(3)).isTrue();
        assertThat(open.add(Runs.at("s", 4, "c", "d"))).isEqualTo(1);
        assertThat(open.isFull()).isTrue();
        open.close("agent", 1);
        assertThat(open.add(Runs.at("s", 6, "d", "e", "f"))).isEqualTo(2);
    }

    @Test
    void takesNoMoreBytesThanAllowed() {
        OpenBatch open = new OpenBatch(100, 10);

        assertThat(open.add(Runs.at("s", 0, "123", "123", "123"))).isEqualTo(2);
        assertThat(open.add(Runs.at("s", 8, "123"))).isZero();
        assertThat(open.add(Runs.at("s", 8, "1"))).isEqualTo(1);
        assertThat(open.isFull()).isTrue();
    }

    @Test
    void takesOneLineThatIsLargerThanABatch() {
        OpenBatch open = new OpenBatch(100, 10);

        assertThat(open.add(Runs.at("s", 0, "x".repeat(50), "y"))).isEqualTo(1);
        assertThat(open.isFull()).isTrue();
    }

    @Test
    void groupsBySourceInTheOrderOfTheirFirstLines() {
        OpenBatch open = new OpenBatch(100, 1000);
        open.add(Runs.at("b", 0, "b1"));
        open.add(Runs.at("a", 0, "a1"));
        open.add(Runs.at("b", 3, "b2"));

        Batch batch = open.close("agent", 7);

        assertThat(Runs.texts(batch)).containsExactly("b1", "b2", "a1");
        assertThat(batch.number()).isEqualTo(7);
        assertThat(open.isEmpty()).isTrue();
    }

    /** Any runs of any sources, cut anywhere: every line goes out once, in the order of its source. */
    @Test
    void keepsEveryLineOnceAndInTheOrderOfItsSource() {
        Seeds.forEach(300, random -> {
            OpenBatch open = new OpenBatch(1 + random.nextInt(8), 1 + random.nextInt(60));
            Map<String, List<String>> put = new HashMap<>();
            Map<String, List<String>> got = new HashMap<>();
            for (int i = 0; i < 30; i++) {
                String source = "s" + random.nextInt(3);
                String[] lines = new String[1 + random.nextInt(6)];
                for (int line = 0; line < lines.length; line++) {
                    lines[line] = i + "." + line + "x".repeat(random.nextInt(20));
                }
                put.computeIfAbsent(source, s -> new ArrayList<>()).addAll(List.of(lines));
                LineRun rest = Runs.at(source, 0, lines);
                int taken = open.add(rest);
                while (taken < rest.count()) {
                    rest = rest.slice(taken, rest.count());
                    collect(open.close("agent", 1), got);
                    taken = open.add(rest);
                    assertThat(taken).isPositive();
                }
            }
            if (!open.isEmpty()) {
                collect(open.close("agent", 1), got);
            }
            assertThat(got).isEqualTo(put);
        });
    }

    private static void collect(Batch batch, Map<String, List<String>> got) {
        batch.events()
                .forEach(event -> got.computeIfAbsent(event.source().name(), s -> new ArrayList<>())
                        .add(event.text()));
    }
}
