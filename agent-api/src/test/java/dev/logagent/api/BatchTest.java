package dev.logagent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchTest {

    private static final String TIME = "2024-01-15T10:30:00.123Z";

    private final Batch batch = new Batch(
            "agent1",
            7,
            List.of(
                    Runs.of("app1", TIME, "a", "b", "c"),
                    Runs.of("app2", TIME, "d"),
                    Runs.of("app3", TIME, "e", "f", "g", "h")));

    @Test
    void countsEventsAndBytes() {
        assertThat(batch.size()).isEqualTo(8);
        assertThat(batch.byteCount()).isEqualTo(16);
        assertThat(texts(batch)).containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
    }

    @Test
    void selectsEventsByTheirIndex() {
        Random random = new Random(42);
        for (int round = 0; round < 1_000; round++) {
            BitSet chosen = BitSet.valueOf(new long[] {1 + random.nextInt(255)});
            Batch selected = batch.select(chosen);

            assertThat(texts(selected))
                    .isEqualTo(
                            chosen.stream().mapToObj(i -> texts(batch).get(i)).toList());
            assertThat(selected.size()).isEqualTo(chosen.cardinality());
            assertThat(selected.byteCount()).isEqualTo(2L * chosen.cardinality());
            assertThat(selected.number()).isEqualTo(7);
            assertThat(offsets(selected))
                    .isEqualTo(
                            chosen.stream().mapToObj(i -> offsets(batch).get(i)).toList());
        }
    }

    @Test
    void selectingAllOrTwiceGivesTheSameId() {
        BitSet all = new BitSet();
        all.set(0, 8);
        BitSet some = new BitSet();
        some.set(2, 6);

        assertThat(batch.select(all).id()).isEqualTo(batch.id());
        assertThat(batch.select(some).id()).isEqualTo(batch.select(some).id());
    }

    @Test
    void refusesAnEmptySelection() {
        assertThatThrownBy(() -> batch.select(new BitSet())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void halvesDownToSingleEventsWithoutLosingOne() {
        Set<String> ids = new HashSet<>();
        Deque<Batch> left = new ArrayDeque<>(List.of(batch));
        StringBuilder singles = new StringBuilder();
        while (!left.isEmpty()) {
            Batch next = left.pop();
            assertThat(ids.add(next.id())).describedAs("a new id").isTrue();
            if (next.size() == 1) {
                singles.append(texts(next).get(0));
            } else {
                List<Batch> halves = next.halves();
                left.push(halves.get(1));
                left.push(halves.get(0));
            }
        }

        assertThat(singles).hasToString("abcdefgh");
    }

    @Test
    void cannotHalveOneEvent() {
        Batch one = new Batch("agent1", 1, List.of(Runs.of("app1", TIME, "a")));

        assertThatThrownBy(one::halves).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesABatchByItsContentsAlone() {
        Batch again = new Batch("other", 8, batch.runs());
        Batch reordered = new Batch(
                "agent1",
                7,
                List.of(batch.runs().get(2), batch.runs().get(1), batch.runs().get(0)));

        assertThat(batch.id()).matches("[0-9a-f]{32}").isEqualTo(again.id()).isNotEqualTo(reordered.id());
    }

    @Test
    void tellsTwoSourcesOfOneFileApart() {
        LineRun run = Runs.of("a-1", TIME, "line");
        LineRun other = Runs.of("b-1", TIME, "line");

        assertThat(other.file().lineage()).isEqualTo(run.file().lineage());
        assertThat(new Batch("a", 1, List.of(other)).id()).isNotEqualTo(new Batch("a", 1, List.of(run)).id());
    }

    @Test
    void keepsThePartialMarkOnItsLine() {
        LineRun run = Runs.of(SourceInfo.named("app1"), TIME, true, "a\nb\nc");

        assertThat(partial(run)).containsExactly(false, false, true);
        assertThat(partial(run.slice(0, 2))).containsExactly(false, false);
        assertThat(partial(run.slice(1, 3))).containsExactly(false, true);
        assertThat(run.slice(1, 3).startOffset()).isEqualTo(2);
        assertThat(run.slice(1, 2).endOffset()).isEqualTo(4);
        assertThat(run.endOffset()).isEqualTo(5);
    }

    @Test
    void keepsTheOrderOfTheTags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String key : List.of("zone", "app", "tier", "env", "owner")) {
            tags.put(key, "x");
        }

        assertThat(new SourceInfo("app1", null, null, null, null, null, tags)
                        .tags()
                        .keySet())
                .containsExactlyElementsOf(tags.keySet());
    }

    private static List<Boolean> partial(LineRun run) {
        return IntStream.range(0, run.count()).mapToObj(run::isPartial).toList();
    }

    private static List<String> texts(Batch batch) {
        return batch.events().stream().map(LogEvent::text).toList();
    }

    private static List<Long> offsets(Batch batch) {
        return batch.events().stream().map(LogEvent::offset).toList();
    }
}
