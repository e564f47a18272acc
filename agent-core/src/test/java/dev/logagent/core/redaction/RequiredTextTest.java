package dev.logagent.core.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequiredTextTest {

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "ab",
            "ba",
            "(",
            "(?:",
            "(?P<n>",
            ")",
            ")+",
            ")*",
            ")?",
            "|",
            "[ab]",
            "[^a]",
            "[]a]",
            "[\\]b]",
            "[[:alpha:]]",
            "*",
            "?",
            "+",
            "+?",
            "{1,2}",
            "{0}",
            "{",
            "}",
            ".",
            "^",
            "$",
            "\\.",
            "\\b",
            "\\d",
            "\\x61",
            "\\Qa|b\\E",
            "\\pL",
            "(?i)",
            "(?s:",
            "\u00fc",
            "-");

    private static final String LINE_LETTERS = "abAB.{}]|-1\u00fc ";

    private static String required(String expression) {
        return new String(RequiredText.of(expression), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "customer=\\d+; customer=",
                "(order)-\\d+; order",
                "(?P<key>id)=(\\w+); id",
                "\\b[A-Z]{4}\\d{8}\\b; ''",
                "ab*cd+e; cd",
                "a\\.b\\-c; a.b-c",
                "one|other; ''",
                "(?i)secret; ''",
                "(abc)?d; ''",
                "x{2}yz; yz",
                "\u00fcber[a-z]; \u00fcber"
            })
    void findsTheLongestTextThatIsCertain(String expression, String text) {
        assertThat(required(expression)).isEqualTo(text);
    }

    @Test
    void isInEveryMatch() {
        Random random = new Random(5);
        int matches = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder expression = new StringBuilder();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                expression.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            Pattern pattern;
            try {
                pattern = Pattern.compile(expression.toString());
            } catch (PatternSyntaxException e) {
                continue;
            }
            String text = required(expression.toString());
            for (int i = 0; i < 3; i++) {
                Matcher matcher = pattern.matcher(line(random));
                while (matcher.find()) {
                    assertThat(matcher.group()).as(expression::toString).contains(text);
                    matches += text.isEmpty() ? 0 : 1;
                }
            }
        }
        assertThat(matches).isGreaterThan(1000);
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            line.append(LINE_LETTERS.charAt(random.nextInt(LINE_LETTERS.length())));
        }
        return line.toString();
    }
}
