package dev.logagent.core.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinePatternTest {

    private static final String[] PARTS = {
        "^",
        "$",
        "\\S+",
        "\\s",
        "\\s*",
        "\\d{1,3}",
        "\\w+?",
        ".*",
        ".*?",
        "[^#]+",
        "[a-c\\]x-]",
        "[&&a]",
        "[[a]",
        "a|b",
        "(?P<x",
        "x?",
        "(b)?",
        "(?:a|bb)",
        "\\[",
        "\\.",
        " ",
        "<",
        ">",
        ":",
        "-",
        "1",
        "{",
        "}",
        "]",
        "\\s+",
        "[\\s,]",
        "[^\\w]",
        "~",
        "a{2}",
        "a{,2}",
        "(a+)+",
        "(?i)a",
        "\\pL",
        "ö",
        "\\x41",
        "[[:alpha:]]",
        "(a|b)*",
        "[]a]",
        "\\z"
    };
    private static final String TEXT = "aabbcx #<>[]{}:.-~&1239 \t\r\u000bö\u0080\n";

    /** Whatever the pattern and the line, the result is that of RE2. */
    @Test
    void findsWhatRe2Finds() {
        Random random = new Random(11);
        int quick = 0;
        for (int round = 0; round < 4_000; round++) {
            String regex = pattern(random);
            if (!isValid(regex)) {
                continue;
            }
            LinePattern pattern = LinePattern.compile(regex);
            quick += QuickPattern.of(regex) == null ? 0 : 1;
            for (int i = 0; i < 5; i++) {
                byte[] line = text(random).getBytes(StandardCharsets.UTF_8);
                int[] found = pattern.find(line, 1, line.length - 1);
                assertThat(found)
                        .as("%s in '%s'", regex, new String(line, StandardCharsets.UTF_8))
                        .isEqualTo(expected(regex, line));
                assertThat(pattern.isIn(line, 1, line.length - 1)).isEqualTo(found != null);
            }
        }
        assertThat(quick).isGreaterThan(500);
    }

    private static String pattern(Random random) {
        StringBuilder regex = new StringBuilder();
        for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
            String part = PARTS[random.nextInt(PARTS.length)];
            regex.append(part.equals("(?P<x") ? "(?P<x" + parts + ">" + PARTS[2 + random.nextInt(8)] + ")" : part);
        }
        return regex.toString();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("a");
        for (int length = random.nextInt(30); length > 0; length--) {
            text.append(TEXT.charAt(random.nextInt(TEXT.length())));
        }
        return text.append('b').toString();
    }

    private static boolean isValid(String regex) {
        try {
            Pattern.compile(regex);
            return true;
        } catch (com.google.re2j.PatternSyntaxException e) {
            return false;
        }
    }

    private static int @Nullable [] expected(String regex, byte[] line) {
        Matcher matcher = Pattern.compile(regex).matcher(Arrays.copyOfRange(line, 1, line.length - 1));
        if (!matcher.find()) {
            return null;
        }
        int[] places = new int[2 * (matcher.groupCount() + 1)];
        for (int i = 0; i < places.length; i++) {
            int place = i % 2 == 0 ? matcher.start(i / 2) : matcher.end(i / 2);
            places[i] = place < 0 ? -1 : 1 + place;
        }
        return places;
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(.*a){3}", "a*a*a*a*a*a*a*a*b", "^(a|aa)+$", ".*.*.*=.*"})
    void isNotStoppedByACatastrophicPattern(String regex) {
        byte[] line = "a".repeat(3_000).getBytes(StandardCharsets.US_ASCII);

        assertThat(LinePattern.compile(regex).find(line, 1, line.length - 1)).isEqualTo(expected(regex, line));
    }

    @Test
    void takesBytesThatAreNotUtf8ForOthers() {
        byte[] line = {'a', (byte) 0xc3, 'b', (byte) 0xff, 'c'};

        assertThat(LinePattern.compile("a.(b).c").find(line, 0, line.length)).containsExactly(0, 5, 2, 3);
    }

    @Test
    void saysWhatIsWrongWithAPattern() {
        assertThatThrownBy(() -> LinePattern.compile("(a")).hasMessageContaining("missing closing )");
    }
}
