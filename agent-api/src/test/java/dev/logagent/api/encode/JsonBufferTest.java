package dev.logagent.api.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonBufferTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void escapesAnyBytesSoThatAParserReadsTheirText() throws IOException {
        Random random = new Random(42);
        JsonBuffer out = new JsonBuffer(16);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = randomBytes(random);
            int start = random.nextInt(bytes.length + 1);
            int end = start + random.nextInt(bytes.length - start + 1);
            out.clear();

            out.raw('"').escaped(bytes, start, end).raw('"');

            assertThat(JSON.readValue(out.toByteArray(), String.class))
                    .describedAs("bytes %s from %d to %d", Arrays.toString(bytes), start, end)
                    .isEqualTo(Utf8Test.decode(bytes, start, end));
        }
    }

    @Test
    void countsReplacements() {
        JsonBuffer out = new JsonBuffer(16);
        byte[] bytes = {'a', (byte) 0xff, (byte) 0xe2, (byte) 0x82, 'b', (byte) 0xc3, (byte) 0xa4, (byte) 0xf0};

        out.escaped(bytes, 0, bytes.length);

        assertThat(out).hasToString("a\uFFFD\uFFFDb\u00e4\uFFFD");
        assertThat(out.replacements()).isEqualTo(3);
        out.clear();
        assertThat(out.replacements()).isZero();
    }

    @Test
    void writesNumbersAsJavaDoes() {
        for (long value : new long[] {0, 9, 10, 15, 16, 255, 256, 1_000_000, 1L << 40, Long.MAX_VALUE}) {
            assertThat(new JsonBuffer(16).number(value)).hasToString(Long.toString(value));
            assertThat(new JsonBuffer(16).hexNumber(value)).hasToString(Long.toHexString(value));
        }
        assertThat(new JsonBuffer(16).hexNumber(-1)).hasToString("ffffffffffffffff");
    }

    @Test
    void repeatsAPartOfItselfWhileItGrows() {
        JsonBuffer out = new JsonBuffer(16);
        out.raw(JsonBuffer.ascii("0123456789"));

        assertThat(out.again(2, 10).again(0, 3)).hasToString("0123456789" + "23456789" + "012");
    }

    @Test
    void findsASpecialByteAtEveryPlaceOfAWord() {
        for (byte special : new byte[] {'"', '\\', 0, 0x1f, '\n', (byte) 0x80}) {
            for (int at = 0; at < 24; at++) {
                byte[] bytes = new byte[24];
                Arrays.fill(bytes, (byte) 0x7f);
                bytes[at] = special;
                JsonBuffer out = new JsonBuffer(16);
                out.escaped(bytes, 0, bytes.length);
                assertThat(out.length()).describedAs("%d at %d", special, at).isGreaterThan(24);
            }
        }
    }

    @Test
    void escapesAsShortlyAsJsonAllows() {
        assertThat(new JsonBuffer(1).string("\"\\/\b\f\n\r\t\u0001\u001f\u007f\u00e4\u2028"))
                .hasToString("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u00e4\u2028\"");
    }

    @Test
    void writesNumbersWithFixedWidth() {
        assertThat(new JsonBuffer(1)
                        .digits(7, 4)
                        .raw('-')
                        .digits(12_345, 3)
                        .raw('-')
                        .hex(-1L)
                        .raw('-')
                        .hex(0x1fL))
                .hasToString("0007-345-ffffffffffffffff-000000000000001f");
        assertThat(Hex.sixteenDigits(0xfedcba9876543210L)).isEqualTo("fedcba9876543210");
    }

    @Test
    void leavesOutAMemberThatIsNull() {
        assertThat(new JsonBuffer(1).member("a", null).member("b", "c\"")).hasToString(",\"b\":\"c\\\"\"");
    }

    @Test
    void keepsItsArrayWhenCleared() throws IOException {
        JsonBuffer out = new JsonBuffer(16);
        out.raw(new byte[1_000]);
        byte[] array = out.array();
        out.clear();
        out.raw(JsonBuffer.ascii("xyz"), 1, 3);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        out.writeTo(copy);

        assertThat(out.array()).isSameAs(array);
        assertThat(copy.toString(StandardCharsets.UTF_8)).isEqualTo("yz");
    }

    /** Mostly text, with what is difficult sprinkled in: quotes, controls, whole and broken sequences. */
    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        int kind = random.nextInt(4);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = switch (kind) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) (' ' + random.nextInt(95));
                case 2 -> (byte) (0x7e + random.nextInt(0x82));
                default -> random.nextInt(8) == 0 ? (byte) random.nextInt() : (byte) 'x';
            };
        }
        byte[] whole = "\"\u00e9\u20ac\uD83D\uDE80\\".getBytes(StandardCharsets.UTF_8);
        if (bytes.length > whole.length && random.nextBoolean()) {
            System.arraycopy(whole, 0, bytes, random.nextInt(bytes.length - whole.length), whole.length);
        }
        return bytes;
    }
}
