package dev.logagent.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OptionTableTest {

    private static final OptionTable RULE = OptionTable.of(
            OptionSpec.string("match").require().doc("What to look for."),
            OptionSpec.integer("weight").defaultsTo(1L));

    private static final OptionTable TABLE = OptionTable.of(
            OptionSpec.string("name").range(1, 8),
            OptionSpec.oneOf("mode", "POST", "PUT").defaultsTo("POST"),
            OptionSpec.integer("timeout_ms").range(1, 1_000).defaultsTo(100L),
            OptionSpec.decimal("ratio").range(0, 1),
            OptionSpec.bool("enabled").defaultsTo(false),
            OptionSpec.list("hosts"),
            OptionSpec.map("headers"),
            OptionSpec.tables("rules", RULE),
            OptionSpec.string("token")
                    .asSecret()
                    .checkedBy(value -> ((String) value).isBlank() ? "'token' must not be blank" : null));

    @Test
    void givesBackTypedValues() throws InvalidOptionsException {
        Options options = TABLE.parse(Map.of(
                "name",
                "n",
                "mode",
                "put",
                "timeout_ms",
                5L,
                "ratio",
                1L,
                "enabled",
                true,
                "hosts",
                List.of("a", "b"),
                "headers",
                Map.of("X", "y"),
                "rules",
                List.of(Map.of("match", "m"))));

        assertThat(options.string("name")).isEqualTo("n");
        assertThat(options.string("mode")).isEqualTo("PUT");
        assertThat(options.integer("timeout_ms")).isEqualTo(5);
        assertThat(options.millis("timeout_ms")).isEqualTo(Duration.ofMillis(5));
        assertThat(options.decimal("ratio")).isEqualTo(1.0);
        assertThat(options.bool("enabled")).isTrue();
        assertThat(options.list("hosts")).containsExactly("a", "b");
        assertThat(options.map("headers")).containsExactly(Map.entry("X", "y"));
        assertThat(options.tables("rules")).singleElement().satisfies(rule -> {
            assertThat(rule.string("match")).isEqualTo("m");
            assertThat(rule.integer("weight")).isEqualTo(1);
        });
    }

    @Test
    void fillsInDefaults() throws InvalidOptionsException {
        Options options = TABLE.parse(Map.of());

        assertThat(options.string("mode")).isEqualTo("POST");
        assertThat(options.integer("timeout_ms")).isEqualTo(100);
        assertThat(options.bool("enabled")).isFalse();
        assertThat(options.optionalString("name")).isEmpty();
        assertThat(options.has("name")).isFalse();
        assertThat(options.list("hosts")).isEmpty();
        assertThat(options.map("headers")).isEmpty();
        assertThat(options.tables("rules")).isEmpty();
        assertThatThrownBy(() -> options.string("name")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesOneStringForAListOfOne() throws InvalidOptionsException {
        assertThat(TABLE.parse(Map.of("hosts", "a")).list("hosts")).containsExactly("a");
    }

    @Test
    void readsNumbersAndTruthValuesFromTheEnvironment() throws InvalidOptionsException {
        Options options = TABLE.parse(Map.of(
                "timeout_ms", new Interpolated(" 7 ", false),
                "ratio", new Interpolated("0.5", false),
                "enabled", new Interpolated("TRUE", false),
                "hosts", List.of(new Interpolated("h", false))));

        assertThat(options.integer("timeout_ms")).isEqualTo(7);
        assertThat(options.decimal("ratio")).isEqualTo(0.5);
        assertThat(options.bool("enabled")).isTrue();
        assertThat(options.list("hosts")).containsExactly("h");
    }

    @ParameterizedTest
    @MethodSource
    void saysWhatIsWrongWithAValue(String key, Object value, String problem) {
        assertThat(problems(Map.of(key, value)))
                .extracting(OptionProblem::toString)
                .containsExactly(problem);
    }

    static Stream<Arguments> saysWhatIsWrongWithAValue() {
        return Stream.of(
                Arguments.of("name", 5L, "name: 'name' must be a string, found an integer"),
                Arguments.of("name", "", "name: 'name' must not be empty"),
                Arguments.of("name", "123456789", "name: 'name' must have from 1 to 8 characters, found 9"),
                Arguments.of(
                        "mode", "POTS", "mode: 'mode' must be one of POST, PUT, found 'POTS' (did you mean 'POST'?)"),
                Arguments.of("timeout_ms", "5", "timeout_ms: 'timeout_ms' must be an integer, found a string"),
                Arguments.of(
                        "timeout_ms",
                        0.5,
                        "timeout_ms: 'timeout_ms' must be an integer, found a number with a fraction"),
                Arguments.of("timeout_ms", 0L, "timeout_ms: 'timeout_ms' must be from 1 to 1000, found 0"),
                Arguments.of("timeout_ms", 1_001L, "timeout_ms: 'timeout_ms' must be from 1 to 1000, found 1001"),
                Arguments.of(
                        "timeout_ms",
                        new Interpolated("soon", false),
                        "timeout_ms: 'timeout_ms' must be an integer, found the text 'soon'"),
                Arguments.of(
                        "timeout_ms",
                        new Interpolated("hunter2", true),
                        "timeout_ms: 'timeout_ms' must be an integer, found the text '***'"),
                Arguments.of("ratio", 1.5, "ratio: 'ratio' must be from 0 to 1, found 1.5"),
                Arguments.of("ratio", Double.NaN, "ratio: 'ratio' must be a finite number, found NaN"),
                Arguments.of("enabled", "yes", "enabled: 'enabled' must be true or false, found a string"),
                Arguments.of(
                        "hosts",
                        List.of("a", 1L),
                        "hosts: 'hosts' must be a list of strings, found a list with an integer"),
                Arguments.of(
                        "headers",
                        Map.of("X", 1L),
                        "headers: 'headers' must be a table of strings, found a table with an integer"),
                Arguments.of("rules", true, "rules: 'rules' must be a list of tables, found a boolean"),
                Arguments.of("token", " ", "token: 'token' must not be blank"),
                Arguments.of(
                        "rules",
                        List.of(Map.of("match", "m"), Map.of()),
                        "rules.1.match: 'match' is missing (What to look for.)"));
    }

    @Test
    void suggestsTheKeyThatWasMeant() {
        assertThat(problems(Map.of("timout_ms", 5L)))
                .singleElement()
                .isEqualTo(new OptionProblem(
                        List.of("timout_ms"),
                        OptionProblem.Place.KEY,
                        "unknown key 'timout_ms'",
                        "did you mean 'timeout_ms'?"));
        assertThat(problems(Map.of("xyz", 5L)))
                .singleElement()
                .extracting(OptionProblem::hint)
                .asString()
                .startsWith("known keys: name, mode");
    }

    @Test
    void namesAllProblemsAtOnce() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("nmae", "x");
        raw.put("mode", "GET");
        raw.put("timeout_ms", 0L);
        raw.put("rules", List.of(Map.of("weight", "heavy", "mach", "m")));

        assertThatThrownBy(() -> TABLE.parse(raw))
                .isInstanceOfSatisfying(
                        InvalidOptionsException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> String.join(".", problem.path()))
                                .containsExactlyInAnyOrder(
                                        "nmae",
                                        "mode",
                                        "timeout_ms",
                                        "rules.0.match",
                                        "rules.0.mach",
                                        "rules.0.weight"));
    }

    @Test
    void takesTheDefaultWhereAValueIsWrong() {
        Options options = TABLE.validate(Map.of("timeout_ms", 0L), problem -> {});

        assertThat(options.integer("timeout_ms")).isEqualTo(100);
    }

    @Test
    void masksSecrets() throws InvalidOptionsException {
        Options options = TABLE.parse(Map.of("token", "hunter2", "name", "n"));

        assertThat(options.shown("token")).isEqualTo("***");
        assertThat(options.shown("name")).isEqualTo("n");
        assertThat(options.shown("ratio")).isNull();
    }

    @Test
    void masksWhatCameFromAFileOfSecrets() throws InvalidOptionsException {
        Interpolated secret = new Interpolated("hunter2", true);
        Options options = TABLE.parse(
                Map.of("name", secret, "hosts", List.of("a", secret), "headers", Map.of("X", secret), "mode", "PUT"));

        assertThat(options.string("name")).isEqualTo("hunter2");
        assertThat(List.of("name", "hosts", "headers"))
                .allSatisfy(key -> assertThat(options.shown(key)).isEqualTo("***"));
        assertThat(options.shown("mode")).isEqualTo("PUT");
        assertThat(problems(Map.of("mode", secret, "timeout_ms", new Interpolated("98765", true)))
                        .toString())
                .contains("***")
                .doesNotContain("hunter2")
                .doesNotContain("98765");
    }

    @Test
    void refusesKeysThatTheProgramNeverDeclared() throws InvalidOptionsException {
        Options options = TABLE.parse(Map.of());

        assertThatThrownBy(() -> options.string("nowhere")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.integer("mode")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OptionTable.of(OptionSpec.bool("a"), OptionSpec.string("a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<OptionProblem> problems(Map<String, Object> raw) {
        List<OptionProblem> problems = new ArrayList<>();
        TABLE.validate(raw, problems::add);
        return problems;
    }
}
