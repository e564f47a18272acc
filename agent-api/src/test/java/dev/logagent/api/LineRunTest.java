package dev.logagent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LineRunTest {

    private static final String TIME = "2024-01-15T10:30:00.123Z";

    /** Line starts at 0, 4, 8 and 14; the block ends at 20. */
    private final LineRun run = Runs.of("app", TIME, "one", "two", "three", "four\r");

    @Test
    void keepsTheLinesThatAreNotRewritten() {
        LineRun rewritten = run.rewritten(texts(null, "2", null, null));

        assertThat(lines(rewritten)).containsExactly("one", "2", "three", "four");
        assertThat(rewritten.bytes(0)).isSameAs(run.bytes(0));
    }

    @Test
    void staysWhereItIsInTheFile() {
        LineRun rewritten = run.rewritten(texts("a longer text than before", "", null, null));

        assertThat(offsets(rewritten)).isEqualTo(offsets(run)).containsExactly(0L, 4L, 8L, 14L);
        assertThat(rewritten.startOffset()).isZero();
        assertThat(rewritten.endOffset()).isEqualTo(20);
        assertThat(rewritten.byteCount()).isEqualTo(20);
        assertThat(rewritten.byteCount(2)).isEqualTo(8);
        assertThat(new LogEvent(rewritten, 1).id()).isEqualTo(new LogEvent(run, 1).id());
        assertThat(new Batch("a", 1, List.of(rewritten)).id()).isEqualTo(new Batch("a", 1, List.of(run)).id());
    }

    @Test
    void keepsATextThatEndsWithANewline() {
        assertThat(lines(run.slice(0, 1).rewritten(texts("x\n")))).containsExactly("x\n");
    }

    @Test
    void givesTheLastBytesOfTheFile() {
        LineRun rewritten = run.rewritten(texts(null, "2", null, "4"));

        assertThat(rewritten.lastFileBytes(8)).asString().isEqualTo("e\nfour\r\n");
        assertThat(rewritten.slice(0, 2).lastFileBytes(64)).asString().isEqualTo("one\ntwo\n");
    }

    @Test
    void canBeRewrittenAgain() {
        LineRun twice = run.rewritten(texts("1", "2", null, null))
                .slice(1, 4)
                .rewritten(texts(null, "3", null))
                .detached();

        assertThat(lines(twice)).containsExactly("2", "3", "four");
        assertThat(offsets(twice)).containsExactly(4L, 8L, 14L);
    }

    @Test
    void holdsTheTextsBesidesTheBytesOfTheFile() {
        assertThat(run.heldBytes()).isEqualTo(20);
        assertThat(run.rewritten(texts("12345", null, "1", null)).heldBytes()).isEqualTo(26);
    }

    @Test
    void slicesAndDetachesAsIfTheTextsStoodInTheFile() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            int count = 1 + random.nextInt(8);
            String[] lines = IntStream.range(0, count)
                    .mapToObj(i -> "l".repeat(random.nextInt(6)))
                    .toArray(String[]::new);
            @Nullable String[] changes = IntStream.range(0, count)
                    .mapToObj(i -> random.nextBoolean() ? null : "t".repeat(random.nextInt(6)))
                    .toArray(String[]::new);
            LineRun original = Runs.of("app", TIME, lines);
            LineRun rewritten = original.rewritten(texts(changes));
            int from = random.nextInt(count);
            int to = from + 1 + random.nextInt(count - from);
            LineRun slice = rewritten.slice(from, to);
            LineRun own = slice.detached();

            assertThat(lines(slice))
                    .isEqualTo(lines(own))
                    .isEqualTo(IntStream.range(from, to)
                            .mapToObj(i -> changes[i] == null ? lines[i] : changes[i])
                            .toList());
            assertThat(offsets(slice))
                    .isEqualTo(offsets(own))
                    .isEqualTo(offsets(original).subList(from, to));
            assertThat(slice.endOffset())
                    .isEqualTo(own.endOffset())
                    .isEqualTo(original.slice(from, to).endOffset());
            assertThat(slice.lastFileBytes(3))
                    .isEqualTo(own.lastFileBytes(3))
                    .isEqualTo(original.slice(from, to).lastFileBytes(3));
            assertThat(slice.heldBytes()).isEqualTo(own.heldBytes());
            assertThat(heldInParts(slice)).isEqualTo(slice.heldBytes());
        }
    }

    @Test
    void standsForSeveralLinesOfTheFileAsOne() {
        byte[] block = "at A\n  by B\n  by C\nnext\n".getBytes(StandardCharsets.UTF_8);
        LineRun joined = new LineRun(
                SourceInfo.named("app"), new FileInfo("/a", 1), 0, block, new int[] {0, 19, 24}, 2, 100, false);

        assertThat(lines(joined)).containsExactly("at A\n  by B\n  by C", "next");
        assertThat(offsets(joined)).containsExactly(100L, 119L);
        assertThat(joined.slice(0, 1).endOffset()).isEqualTo(119);
    }

    @Test
    void refusesAnotherNumberOfTexts() {
        assertThatThrownBy(() -> run.rewritten(texts("1"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] @Nullable [] texts(@Nullable String... texts) {
        byte[] @Nullable [] bytes = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            bytes[i] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    private static List<String> lines(LineRun run) {
        return IntStream.range(0, run.count())
                .mapToObj(line -> new LogEvent(run, line).text())
                .toList();
    }

    private static List<Long> offsets(LineRun run) {
        return IntStream.range(0, run.count()).mapToObj(run::offset).toList();
    }

    private static long heldInParts(LineRun run) {
        return IntStream.range(0, run.count())
                .mapToLong(line -> run.slice(line, line + 1).heldBytes())
                .sum();
    }
}
