package dev.logagent.dist.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.dist.Home;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.Version;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerbsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void printsTheVersionOfTheBuild() {
        assertThat(execute("--version")).isZero();
        assertThat(out()).isEqualTo("log-agent " + Version.text() + "\n");
        assertThat(Version.text()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "validate",
                "check",
                "init",
                "transports",
                "receive",
                "sources",
                "spool",
                "config",
                "completion"
            })
    void explainsEachVerbWithExamples(String verb) {
        assertThat(execute(verb, "--help")).isZero();
        assertThat(out()).contains("Usage: log-agent " + verb, "Examples:");
    }

    @Test
    void suggestsTheNearestVerb() {
        assertThat(execute("vaildate")).isEqualTo(2);
        assertThat(err()).contains("there is no verb 'vaildate', did you mean 'validate'?");
    }

    @Test
    void suggestsTheNearestOption() {
        assertThat(execute("init", "--ouptut", "x")).isEqualTo(2);
        assertThat(err()).contains("Unknown option").contains("--output").contains("log-agent init --help");
    }

    @Test
    void takesOptionsOfRunWithoutTheVerb() {
        assertThat(execute("--oncee")).isEqualTo(2);
        assertThat(err()).contains("Did you mean: --once?");
        assertThat(execute("--confg=x")).isEqualTo(2);
        assertThat(err()).contains("Did you mean: --config?");
    }

    @Test
    void writesAConfigurationButNotOverAnother() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Files.writeString(logs.resolve("app.log"), "line\n");
        Path file = folder.resolve("c.toml");
        String[] args = {"init", "--scan", logs.toString(), "--output", file.toString()};

        assertThat(execute(args)).isZero();
        assertThat(file).content().contains("log_path = \"" + logs.resolve("app.log") + "\"");
        Files.writeString(file, "mine");
        assertThat(execute(args)).isEqualTo(2);
        assertThat(err()).contains("exists; --force overwrites it");
        assertThat(file).content().isEqualTo("mine");
        assertThat(execute("init", "--force", "--output", file.toString())).isZero();
        assertThat(file).content().contains("[global]");
    }

    @Test
    void completionNamesVerbsAndOptions() {
        assertThat(execute("completion")).isZero();
        assertThat(out()).contains("transports", "--fail-every");
    }

    @Test
    void saysWhereItLookedWhenNoTransportIsInstalled() {
        assertThat(execute("transports", "--plugin-dir", folder.toString())).isEqualTo(2);
        assertThat(err()).contains("no transport is installed").contains(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080x", "host.invalid:80", "127.0.0.1:99999"})
    void receiveRefusesABadAddress(String address) {
        assertThat(execute("receive", "--listen", address)).isEqualTo(2);
        assertThat(err()).contains("--listen");
    }

    private int execute(String... args) {
        return Verbs.execute(
                new Invocation(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        new Home(Optional.empty())),
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
