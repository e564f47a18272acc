package dev.logagent.core.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatternFinderTest {

    @ParameterizedTest
    @CsvSource({
        "order-(\\d+)-(\\d+), order-$1-xx, an order-12-34 b, an order-12-xx b",
        "(\\d\\d)(\\d*), <$2|$1|$0>, 123, <3|12|123>",
        "(a)|(b), [$1$2], abc, [a][b]c",
        "x, $, axb, a$b",
        "x, $x$, axb, a$x$b",
        "(?i)secret, '', a SeCret b, a  b",
        "\u00fc+, u, \u00fc\u00fc\u00df, u\u00df",
        "\\bid=\\w+, id, id=1 xid=2 id=3, id xid=2 id"
    })
    void replacesMatches(String pattern, String replacement, String line, String expected) {
        assertThat(Rules.apply(Rules.pattern(pattern, replacement), line)).isEqualTo(expected);
    }

    @Test
    void findsWhatStandsBetweenBytesThatAreNotUtf8() {
        byte[] line = "\u00e9card=1\u00e9\u00ff".getBytes(StandardCharsets.ISO_8859_1);

        byte[] redacted = Rules.apply(Rules.pattern("card=\\d", "X"), line);

        assertThat(redacted).isEqualTo("\u00e9X\u00e9\u00ff".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void saysWhatIsWrongWithAPattern() {
        assertThat(PatternFinder.fault("a(b")).isEqualTo("is not a regular expression: missing closing )");
        assertThat(PatternFinder.fault("x(?=y)"))
                .isEqualTo("is not a regular expression: invalid or unsupported Perl syntax at '(?='");
        assertThat(PatternFinder.fault("[a-z]*")).isEqualTo("matches the empty text, and so would be found everywhere");
        assertThat(PatternFinder.fault("[a-z]+")).isNull();
    }

    @Test
    void saysWhatIsWrongWithAReplacement() {
        assertThat(PatternFinder.fault("a", "$1")).isEqualTo("names group 1, but the pattern has none");
        assertThat(PatternFinder.fault("(a)", "$0$2")).isEqualTo("names group 2, but the pattern has one");
        assertThat(PatternFinder.fault("(a)(b)", "$3")).isEqualTo("names group 3, but the pattern has 2");
        assertThat(PatternFinder.fault("(a)", "$1$")).isNull();
    }

    @Test
    void isNotMadeOfWhatIsWrong() {
        assertThatThrownBy(() -> new PatternFinder("(", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
