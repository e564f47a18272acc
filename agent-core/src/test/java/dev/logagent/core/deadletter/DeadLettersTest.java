package dev.logagent.core.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.core.runtime.CrashPoints;
import dev.logagent.core.testing.Runs;
import dev.logagent.testkit.Batches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeadLettersTest {

    @TempDir
    Path state;

    private DeadLetters letters = new DeadLetters(Path.of(""), 1 << 20, CrashPoints.NONE);

    @BeforeEach
    void open() {
        letters = new DeadLetters(state, 1 << 20, CrashPoints.NONE);
    }

    private List<JsonNode> read() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : Files.readAllLines(letters.file())) {
            all.add(new ObjectMapper().readTree(line));
        }
        return all;
    }

    @Test
    void tellsWhatWasRefusedWhyAndAfterHowManyAttempts() throws IOException {
        Batch batch = Runs.batch(1, Runs.at("app", 100, "first", "second \"quoted\""));

        letters.add(batch, "413 Payload Too Large", 3);

        List<JsonNode> all = read();
        assertThat(all).hasSize(2);
        JsonNode second = all.get(1);
        assertThat(second.get("reason").asText()).isEqualTo("413 Payload Too Large");
        assertThat(second.get("attempts").asInt()).isEqualTo(3);
        assertThat(second.get("batch").asText()).isEqualTo(batch.id());
        assertThat(second.get("event").get("message").asText()).isEqualTo("second \"quoted\"");
        assertThat(second.get("event").get("source").asText()).isEqualTo("app");
        assertThat(second.get("event").get("offset").asLong()).isEqualTo(106);
        assertThat(second.get("rejected_at").asText()).endsWith("Z");
    }

    @Test
    void keepsBytesThatAreNotText() throws IOException {
        byte[] line = new byte[256];
        for (int i = 0; i < 256; i++) {
            line[i] = (byte) (i == '\n' ? 'n' : i);
        }
        LineRun run = Batches.ofBytes("app", line).runs().get(0);

        letters.add(Runs.batch(1, run), "reason", 1);

        assertThat(read().get(0).get("line").binaryValue()).isEqualTo(line);
    }

    @Test
    void addsToWhatIsThere() throws IOException {
        letters.add(Runs.batch(1, Runs.at("app", 0, "one")), "reason", 1);
        new DeadLetters(state, 1 << 20, CrashPoints.NONE).add(Runs.batch(2, Runs.at("app", 4, "two")), "reason", 1);

        assertThat(read()).hasSize(2);
    }

    @Test
    void keepsALetterThatWasTornByALossOfPowerApartFromTheNext() throws IOException {
        letters.add(Runs.batch(1, Runs.at("app", 0, "one")), "reason", 1);
        Files.writeString(letters.file(), "{\"reason\":\"to", StandardCharsets.UTF_8, StandardOpenOption.APPEND);

        letters.add(Runs.batch(2, Runs.at("app", 4, "two")), "reason", 1);

        List<String> lines = Files.readAllLines(letters.file());
        assertThat(lines).hasSize(3);
        assertThat(new ObjectMapper()
                        .readTree(lines.get(2))
                        .get("event")
                        .get("message")
                        .asText())
                .isEqualTo("two");
    }

    @Test
    void letsNobodyElseReadThem() throws IOException {
        letters.add(Runs.batch(1, Runs.at("app", 0, "secret")), "reason", 1);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(letters.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(letters.file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void addsNothingWhenThereIsNoRoom() throws IOException {
        DeadLetters small = new DeadLetters(state, 800, CrashPoints.NONE);
        small.add(Runs.batch(1, Runs.at("app", 0, "one")), "reason", 1);

        assertThatThrownBy(() -> small.add(Runs.batch(2, Runs.at("app", 4, "x".repeat(400))), "reason", 1))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("max_dead_letter_bytes", "800", "replay");
        assertThat(read()).hasSize(1);
    }
}
