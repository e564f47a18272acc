package dev.logagent.core.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.config.RedactionConfig.Preset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a line holds, rules never throw, and change nothing but matches. */
final class AnyBytesTest {

    /** In no random line. */
    private static final String MARK = "\u0002";

    private static final List<byte[]> PIECES = List.of(
            bytes("password"),
            bytes("=\""),
            bytes("\\\""),
            bytes("'"),
            bytes("token: "),
            bytes("Bearer "),
            bytes("a@b.com"),
            bytes("%40"),
            bytes("10.0.0.1"),
            bytes("::1"),
            bytes("4111111111111111"),
            bytes("4111 1111 1111 1111"),
            bytes("DE89370400440532013000"),
            bytes("123-45-6789"),
            bytes("eyJ.a.b"),
            bytes("://u:p@"),
            bytes("-----BEGIN PRIVATE KEY-----"),
            bytes("-----END "),
            bytes("ghp_"),
            bytes("\n"),
            bytes("\u00fc"),
            bytes("\u20ac"),
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc3},
            new byte[] {(byte) 0xe2, (byte) 0x82},
            new byte[] {0});

    private final Random random = new Random(11);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void presetsChangeNothingButMatches(Preset preset) {
        check(Rules.preset(preset, MARK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0-9]+", "(?i)pass.*?\"", "\\bu", ".", "(a|b|\u00fc)+@?", "[^a]$", "^.", "\\x{20ac}"})
    void patternsChangeNothingButMatches(String pattern) {
        check(Rules.pattern(pattern, MARK));
    }

    private void check(RedactionConfig rule) {
        for (int round = 0; round < 3_000; round++) {
            byte[] line = line();
            byte[] redacted = Rules.apply(rule, line);

            assertThat(consistsOf(line, redacted))
                    .as(() -> Arrays.toString(line))
                    .isTrue();
        }
    }

    private byte[] line() {
        byte[] line = {};
        int pieces = random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            byte[] piece = PIECES.get(random.nextInt(PIECES.size()));
            if (random.nextInt(3) == 0) {
                piece = new byte[random.nextInt(12)];
                random.nextBytes(piece);
            }
            int old = line.length;
            line = Arrays.copyOf(line, old + piece.length);
            System.arraycopy(piece, 0, line, old, piece.length);
        }
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == MARK.charAt(0) ? (byte) ' ' : line[i];
        }
        return line;
    }

    /** Whether the parts around the marks stand in the line in the same order, the first and the last at its ends. */
    private static boolean consistsOf(byte[] line, byte[] redacted) {
        String whole = new String(line, StandardCharsets.ISO_8859_1);
        List<String> parts =
                new ArrayList<>(Arrays.asList(new String(redacted, StandardCharsets.ISO_8859_1).split(MARK, -1)));
        String last = parts.remove(parts.size() - 1);
        if (parts.isEmpty()) {
            return whole.equals(last);
        }
        String first = parts.remove(0);
        int at = first.length();
        if (!whole.startsWith(first) || !whole.endsWith(last)) {
            return false;
        }
        for (String part : parts) {
            int found = whole.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return at <= whole.length() - last.length();
    }

    @Test
    void getsThroughLongLinesThatAlmostMatch() {
        List<String> traps = List.of(
                "@",
                "a",
                "a@",
                "a.",
                "%40",
                ":",
                "1.",
                "1.1.1.",
                "::",
                "f:",
                "1",
                "4 ",
                "4111 ",
                "-",
                "123-",
                "DE89",
                "Bearer ",
                "eyJ.",
                "ghp_",
                "sk-",
                "://",
                "://a:",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "password",
                "password ",
                "password=",
                "\\",
                "token=\\\"",
                "token='\\",
                "=",
                " ",
                " =",
                "eyJ-",
                "SG-",
                "token: ",
                "\\=");
        for (String trap : traps) {
            String line = trap.repeat(400_000 / trap.length());
            for (Preset preset : Preset.values()) {
                assertThat(Rules.apply(Rules.preset(preset, "X"), line)).isNotEmpty();
            }
        }
        String evil = "a".repeat(20_000) + "!";
        assertThat(Rules.apply(Rules.pattern("((a+)+)+b", "X"), evil)).isEqualTo(evil);
    }
}
