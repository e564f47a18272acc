package dev.logagent.core.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.multiline.Grouping;
import dev.logagent.core.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineIndexTest {

    private final LineIndex index = new LineIndex();

    private static List<Integer> naiveStarts(byte[] bytes, int from, int to) {
        List<Integer> starts = new ArrayList<>(List.of(from));
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                starts.add(i + 1);
            }
        }
        return starts;
    }

    private List<Integer> starts(int count) {
        return Arrays.stream(index.starts(), 0, count + 1).boxed().toList();
    }

    @Test
    void findsTheSameLinesAsANaiveSearch() {
        Seeds.forEach(2000, random -> {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            int newlines = random.nextInt(bytes.length + 1);
            for (int i = 0; i < newlines; i++) {
                bytes[random.nextInt(bytes.length)] = '\n';
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            int count = index.index(bytes, from, to);

            assertThat(starts(count)).isEqualTo(naiveStarts(bytes, from, to));
        });
    }

    /** Every byte value beside a newline, because eight bytes are looked at in one step. */
    @Test
    void takesNoOtherByteForANewline() {
        for (int value = 0; value < 256; value++) {
            byte[] bytes = new byte[24];
            Arrays.fill(bytes, (byte) value);
            bytes[9] = '\n';
            bytes[14] = '\n';

            int count = index.index(bytes, 0, bytes.length);

            assertThat(starts(count)).as("byte %d", value).isEqualTo(naiveStarts(bytes, 0, bytes.length));
        }
    }

    @Test
    void growsForBlocksOfEmptyLines() {
        byte[] bytes = new byte[10_000];
        Arrays.fill(bytes, (byte) '\n');

        assertThat(index.index(bytes, 0, bytes.length)).isEqualTo(10_000);
        assertThat(index.starts()[10_000]).isEqualTo(10_000);
    }

    @Test
    void countsTheLeadingLinesThatAreShortEnough() {
        byte[] bytes = "abc\nabcd\nab\nabcde\n".getBytes(StandardCharsets.UTF_8);
        index.index(bytes, 0, bytes.length);

        assertThat(index.leadingLinesUpTo(5)).isEqualTo(4);
        assertThat(index.leadingLinesUpTo(4)).isEqualTo(3);
        assertThat(index.leadingLinesUpTo(3)).isEqualTo(1);
        assertThat(index.leadingLinesUpTo(2)).isZero();
    }

    @Test
    void groupsTheSameLinesAsANaiveSearch() {
        Grouping indented = (bytes, event, start, end) -> start < end && bytes[start] == ' ';
        Seeds.forEach(2000, random -> {
            StringBuilder text = new StringBuilder();
            List<Integer> starts = new ArrayList<>();
            boolean flush = random.nextBoolean();
            for (int lines = random.nextInt(20); lines > 0; lines--) {
                boolean continues = random.nextInt(3) > 0;
                if (!continues || text.length() == 0) {
                    starts.add(text.length());
                }
                text.append(continues ? " x" : "y")
                        .append("z".repeat(random.nextInt(5)))
                        .append('\n');
            }
            if (flush) {
                starts.add(text.length());
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            index.index(bytes, 0, bytes.length);

            assertThat(index.group(bytes, indented, 1000, flush, false, false)).isFalse();

            int expected = Math.max(0, starts.size() - 1);
            assertThat(index.count()).isEqualTo(expected);
            assertThat(starts(expected)).isEqualTo(starts.isEmpty() ? List.of(0) : starts);
        });
    }

    @Test
    void cutsAnEventThatGrowsTooLongBetweenTwoLines() {
        byte[] bytes = "a\n b\n c\nd\n".getBytes(StandardCharsets.UTF_8);
        index.index(bytes, 0, bytes.length);

        assertThat(index.group(bytes, (all, event, start, end) -> all[start] == ' ', 5, false, false, false))
                .isTrue();

        assertThat(starts(index.count())).containsExactly(0, 5);
    }
}
