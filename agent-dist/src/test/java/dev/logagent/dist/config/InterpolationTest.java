package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.option.Interpolated;
import dev.logagent.dist.config.Interpolation.Fault;
import dev.logagent.dist.config.Interpolation.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InterpolationTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "A", "1", "EMPTY", "", "NESTED", "${A} $$ ${file:/etc/passwd}", "EVIL", "x\"\nend_point = \"http://evil");

    @TempDir
    Path folder;

    @Test
    void leavesPlainStringsAlone() {
        assertThat(resolve("plain").value()).isEqualTo("plain");
        assertThat(resolve("costs $5 {a}").value()).isEqualTo("costs $5 {a}");
        assertThat(resolve("").value()).isEqualTo("");
        assertThat(resolve("$").value()).isEqualTo("$");
    }

    @Test
    void putsInVariables() {
        assertThat(text("${A}")).isEqualTo("1");
        assertThat(text("a${A}b${A}")).isEqualTo("a1b1");
        assertThat(text("${EMPTY}")).isEmpty();
        assertThat(resolve("${A}").inputs()).containsExactly("environment variable A");
    }

    @Test
    void usesDefaultsForWhatIsAbsentOrEmpty() {
        assertThat(text("${NO:-x y}")).isEqualTo("x y");
        assertThat(text("${EMPTY:-x}")).isEqualTo("x");
        assertThat(text("${A:-x}")).isEqualTo("1");
        assertThat(text("${NO:-}")).isEmpty();
        assertThat(text("${file:-x}")).isEqualTo("x");
        assertThat(text("${A:?needed}")).isEqualTo("1");
    }

    @Test
    void treatsTwoDollarsAsOne() {
        assertThat(resolve("$${A}").value()).isEqualTo("${A}");
        assertThat(text("$$${A}$$")).isEqualTo("$1$");
    }

    @Test
    void doesNotLookAgainAtWhatItPutIn() {
        assertThat(text("${NESTED}")).isEqualTo("${A} $$ ${file:/etc/passwd}");
    }

    @Test
    void cannotBeUsedToInjectKeys() throws Exception {
        LoadedConfig config = Configs.in(folder)
                .with(ENVIRONMENT)
                .load(Configs.MINIMAL.replace("agent_name = \"a\"", "agent_name = \"${EVIL}\""));

        assertThat(config.agent().global().agentName()).isEqualTo("x\"\nend_point = \"http://evil");
        assertThat(config.transport().endPoints().get(0).address()).isEqualTo("http://localhost:8080/log");
    }

    @Test
    void readsFilesWithoutTheirLastNewlineAndKeepsThemSecret() throws Exception {
        Files.writeString(folder.resolve("one"), "top\n\n");
        Files.writeString(folder.resolve("two"), "secret\r\n");
        Files.writeString(folder.resolve("three"), "no newline");

        Outcome one = resolve("${file:one}");
        assertThat(one.value()).isEqualTo(new Interpolated("top\n", true));
        assertThat(one.secret()).isTrue();
        assertThat(one.inputs()).containsExactly("file one");
        assertThat(text("${file:" + folder.resolve("two") + "}")).isEqualTo("secret");
        assertThat(text("${file:three}!")).isEqualTo("no newline!");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws Exception {
        Files.write(folder.resolve("latin1"), new byte[] {'a', (byte) 0xE9});
        Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);

        assertThat(fault("${file:none}")).isEqualTo("file 'none' cannot be read: no such file");
        assertThat(fault("${file:latin1}")).isEqualTo("file 'latin1' cannot be read: it is not UTF-8");
        assertThat(fault("${file:large}")).isEqualTo("file 'large' is larger than 1 MiB");
        assertThat(fault("${file:" + folder + "}")).contains("cannot be read");
        assertThat(fault("${file:a\u0000b}")).contains("cannot be read");
    }

    @Test
    void reportsEveryFaultOfAString() {
        assertThat(resolve("${NO} ${A} ${1x} ${A-x} ${NO:?why} ${").faults())
                .extracting(Fault::message)
                .containsExactly(
                        "environment variable 'NO' is not set",
                        "'${1x}' is not understood",
                        "'${A-x}' is not understood",
                        "environment variable 'NO' is not set: why",
                        "'${' without '}'");
        assertThat(resolve("${NO}").value()).isNull();
    }

    @Test
    void mayStandForNumbersAndTruthValues() throws Exception {
        LoadedConfig config = Configs.in(folder)
                .with(Map.of("TASKS", "7", "SECONDS", "0.5", "ALIVE", "False"))
                .load(Configs.MINIMAL.replace(
                                "[global]", "[global]\nmax_send_task = '${TASKS}'\ninterval_secs = '${SECONDS}'")
                        + "[transport.http]\nkeep_alive = '${ALIVE}'\n");

        assertThat(config.agent().global().maxSendTasks()).isEqualTo(7);
        assertThat(config.agent().global().interval()).hasMillis(500);
        assertThat(config.transport().options().bool("keep_alive")).isFalse();
    }

    @Test
    void doesNotLetAPlainStringStandForANumber() throws Exception {
        assertThat(Configs.in(folder).report(Configs.MINIMAL.replace("[global]", "[global]\nmax_send_task = '7'")))
                .contains("'max_send_task' must be an integer, found a string");
    }

    private Outcome resolve(String text) {
        return new Interpolation(Configs.in(folder).with(ENVIRONMENT).surroundings()).resolve(text);
    }

    private String text(String text) {
        return resolve(text).value() instanceof Interpolated i ? i.text() : "not interpolated";
    }

    private String fault(String text) {
        return resolve(text).faults().get(0).message();
    }
}
