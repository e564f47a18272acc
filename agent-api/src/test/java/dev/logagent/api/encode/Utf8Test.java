package dev.logagent.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class Utf8Test {

    @Test
    void knowsTheLengthOfEveryCharacter() {
        for (int codePoint = 0x80; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                continue;
            }
            byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            if (Utf8.sequenceLength(bytes, 0, bytes.length) != bytes.length) {
                assertThat(codePoint).describedAs("taken for ill-formed").isNull();
            }
        }
    }

    @Test
    void findsTheIllFormedPartsThatUnicodeRecommends() {
        int[] continuations = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
        for (int lead = 0x80; lead <= 0xff; lead++) {
            for (int second : continuations) {
                for (int third : continuations) {
                    byte[] bytes = {(byte) lead, (byte) second, (byte) third, 'x'};
                    assertThat(decoded(bytes))
                            .describedAs("%x %x %x", lead, second, third)
                            .isEqualTo(decode(bytes, 0, bytes.length));
                }
            }
        }
    }

    @Test
    void neverLooksBehindTheEnd() {
        byte[] euro = "\u20ac".getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.sequenceLength(euro, 0, 1)).isEqualTo(-1);
        assertThat(Utf8.sequenceLength(euro, 0, 2)).isEqualTo(-2);
        assertThat(Utf8.sequenceLength(euro, 0, 3)).isEqualTo(3);
    }

    @Test
    void movesACutInFrontOfACharacterThatItWouldSplit() {
        byte[] text = "a\u20acb\uD83D\uDE80".getBytes(StandardCharsets.UTF_8);
        int[] expected = {0, 1, 1, 1, 4, 5, 5, 5, 5, 9};

        for (int cut = 0; cut < expected.length; cut++) {
            assertThat(Utf8.boundaryBefore(text, 0, cut, text.length))
                    .describedAs("cut at %d", cut)
                    .isEqualTo(expected[cut]);
        }
    }

    @Test
    void leavesACutWhereNothingWellFormedIsSplit() {
        byte[] stray = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80};
        byte[] broken = {'a', (byte) 0xe2, (byte) 0x82, 'b'};

        assertThat(Utf8.boundaryBefore(stray, 0, 4, 5)).isEqualTo(4);
        assertThat(Utf8.boundaryBefore(broken, 0, 2, 4)).isEqualTo(2);
        assertThat(Utf8.boundaryBefore(broken, 2, 3, 4)).isEqualTo(3);
    }

    /**
     * Decodes with the JDK, which follows the Unicode Standard but for encoded surrogates (ED A0 80 to ED BF BF): it makes
     * them one replacement, whereas the standard, as well as browsers and Rust, make them one for each byte.
     */
    static String decode(byte[] bytes, int start, int end) {
        byte[] adapted = Arrays.copyOfRange(bytes, start, end);
        for (int i = 0; i + 1 < adapted.length; i++) {
            if ((adapted[i] & 0xff) == 0xed && (adapted[i + 1] & 0xe0) == 0xa0) {
                adapted[i] = (byte) 0xff;
            }
        }
        return new String(adapted, StandardCharsets.UTF_8);
    }

    /** What escaping makes of the bytes: none of them is a quote, a backslash or a control, except 0. */
    private static String decoded(byte[] bytes) {
        JsonBuffer out = new JsonBuffer(16);
        out.escaped(bytes, 0, bytes.length);
        return out.toString().replace("\\u0000", "\u0000");
    }
}
