package dev.logagent.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class CheckpointFormatTest {

    private static byte[] withChecksum(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (body + "crc32c " + Long.toHexString(crc.getValue()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void givesBackWhatWasWritten() {
        Seeds.forEach(100, random -> {
            Positions positions = SamplePositions.of(random, random.nextInt(20));

            Positions read =
                    CheckpointFormat.read(CheckpointFormat.write(positions, 7)).positions();

            assertThat(SamplePositions.describe(read)).isEqualTo(SamplePositions.describe(positions));
        });
    }

    @Test
    void keepsNamesWithEveryKindOfCharacter() throws IOException {
        Positions positions = new Positions();
        FilePosition file =
                SamplePositions.file(new Random(1), "a \"b\"\n\\ü 日本 \u0000", "/var/log/new\nline \"x\".log");
        positions.add(file);
        positions.markStarted("a \"b\"\n", 5);

        Positions read =
                CheckpointFormat.read(CheckpointFormat.write(positions, 7)).positions();

        assertThat(SamplePositions.describe(read)).isEqualTo(SamplePositions.describe(positions));
    }

    /** Whatever a single byte is changed to, or however much is cut off: either it shows, or nothing has changed. */
    @Test
    void noticesEveryDamage() throws IOException {
        byte[] good = CheckpointFormat.write(SamplePositions.of(new Random(1), 3), 7);
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            assertThatThrownBy(() -> CheckpointFormat.read(flipped)).isInstanceOf(IOException.class);
            byte[] zeroed = good.clone();
            Arrays.fill(zeroed, at, good.length, (byte) 0);
            assertThatThrownBy(() -> CheckpointFormat.read(zeroed)).isInstanceOf(IOException.class);
            byte[] cut = Arrays.copyOf(good, at);
            assertThatThrownBy(() -> CheckpointFormat.read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesANewerVersionAsSuch() {
        assertThatThrownBy(() -> CheckpointFormat.read(withChecksum("log-agent checkpoint 2\n")))
                .isInstanceOf(CheckpointFormat.NewerVersionException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void refusesSoundFilesThatAreNoCheckpoints() {
        for (String body : new String[] {
            "",
            "\n",
            "hello\n",
            "log-agent checkpoint x\n",
            "log-agent checkpoint 1\nnot json\n",
            "log-agent checkpoint 1\n[]\n",
            "log-agent checkpoint 1\n{\"source\":\"a\"}\n",
            "log-agent checkpoint 1\n{\"source\":\"a\",\"started_ms\":\"x\"}\n"
        }) {
            assertThatThrownBy(() -> CheckpointFormat.read(withChecksum(body)))
                    .as(body)
                    .isInstanceOf(IOException.class);
        }
    }
}
