package dev.logagent.core.journald;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownEntryTest {

    private static final int MAX_BYTES = 4096;
    private static final String SECOND = entry("c2", "second");

    private final Random random = new Random(7);

    private static String entry(String cursor, String message) {
        return "{\"__CURSOR\":\"" + cursor + "\",\"MESSAGE\":\"" + message + "\"}\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 100_000})
    void leavesOutTheEntryThatWasReadLastInWhateverPiecesItComes(int length) {
        String all = entry("c1", "x".repeat(length)) + SECOND;
        for (int round = 0; round < 50; round++) {
            assertThat(inPieces(new KnownEntry("c1", MAX_BYTES), all)).isEqualTo(SECOND);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 100_000})
    void givesAllIfTheFirstEntryIsAnotherOne(int length) {
        String all = entry("c1", "x".repeat(length)) + SECOND;
        for (int round = 0; round < 50; round++) {
            assertThat(inPieces(new KnownEntry("c0", MAX_BYTES), all)).isEqualTo(all);
        }
    }

    @Test
    void leavesOutNothingIfNothingHasBeenRead() {
        assertThat(inPieces(new KnownEntry("", MAX_BYTES), SECOND)).isEqualTo(SECOND);
    }

    @Test
    void keepsNoMoreThanItIsToldToOfAnEntryThatHasNoCursor() {
        KnownEntry known = new KnownEntry("c1", MAX_BYTES);
        byte[] piece = "y".repeat(MAX_BYTES / 2).getBytes(StandardCharsets.UTF_8);

        assertThat(known.without(piece)).isEmpty();
        assertThat(known.without(piece)).hasSize(MAX_BYTES);
        assertThat(known.without(piece)).isSameAs(piece);
    }

    private String inPieces(KnownEntry known, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        int most = 1 + random.nextInt(bytes.length);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
            given.writeBytes(known.without(Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        return given.toString(StandardCharsets.UTF_8);
    }
}
