package dev.logagent.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.checkpoint.CheckpointFormat.Saved;
import dev.logagent.core.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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

    private static byte[] write(Positions positions, long number) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CheckpointFormat.write(positions, number, bytes);
        return bytes.toByteArray();
    }

    private static Saved read(byte[] bytes) throws IOException {
        return CheckpointFormat.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void givesBackWhatWasWritten() {
        Seeds.forEach(100, random -> {
            Positions positions = SamplePositions.of(random, random.nextInt(20));

            Saved read = read(write(positions, 7));

            assertThat(SamplePositions.describe(read.positions())).isEqualTo(SamplePositions.describe(positions));
            assertThat(read.number()).isEqualTo(7);
            assertThat(read.positions().takeChanged()).isEmpty();
        });
    }

    @Test
    void givesBackMoreThanFitsIntoOnePiece() throws IOException {
        Positions positions = SamplePositions.of(new Random(1), 3000);

        Saved read = read(write(positions, 7));

        assertThat(SamplePositions.describe(read.positions())).isEqualTo(SamplePositions.describe(positions));
    }

    @Test
    void readsWhatTheFirstVersionWrote() throws IOException {
        String file =
                "{\"source\":\"app\",\"path\":\"/var/log/app.log\",\"offset\":12,\"lineage\":\"abc\",\"generation\":1,"
                        + "\"key\":\"(dev=1,ino=2)\",\"birth_ns\":3,\"modified_ns\":4,\"head_bytes\":5,\"head\":\"ff\","
                        + "\"marker_bytes\":6,\"marker\":\"fe\",\"seen_ms\":777}\n";

        Positions read = read(withChecksum(
                        "log-agent checkpoint 1\n{\"number\":9}\n" + "{\"source\":\"app\",\"started_ms\":55}\n" + file))
                .positions();

        assertThat(read.startedMillis("app")).hasValue(55);
        assertThat(read.scannedMillis("app")).as("when a file was seen last").hasValue(777);
        assertThat(read.ofSource("app")).singleElement().satisfies(one -> {
            assertThat(one.acks().position().offset()).isEqualTo(12);
            assertThat(one.sighting().path()).isEqualTo("/var/log/app.log");
            assertThat(one.generation()).isEqualTo(1);
        });
    }

    @Test
    void keepsNamesWithEveryKindOfCharacter() throws IOException {
        Positions positions = new Positions();
        FilePosition file =
                SamplePositions.file(new Random(1), "a \"b\"\n\\ü 日本 \u0000", "/var/log/new\nline \"x\".log");
        positions.add(file);
        positions.markStarted("a \"b\"\n", 5);

        Positions read = read(write(positions, 7)).positions();

        assertThat(SamplePositions.describe(read)).isEqualTo(SamplePositions.describe(positions));
    }

    /** Whatever a single byte is changed to, or however much is cut off: either it shows, or nothing has changed. */
    @Test
    void noticesEveryDamage() throws IOException {
        byte[] good = write(SamplePositions.of(new Random(1), 3), 7);
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            assertThatThrownBy(() -> read(flipped)).isInstanceOf(IOException.class);
            byte[] zeroed = good.clone();
            Arrays.fill(zeroed, at, good.length, (byte) 0);
            assertThatThrownBy(() -> read(zeroed)).isInstanceOf(IOException.class);
            byte[] cut = Arrays.copyOf(good, at);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesANewerVersionAsSuch() {
        assertThatThrownBy(() -> read(withChecksum("log-agent checkpoint 3\nwhat is it?\n")))
                .isInstanceOf(CheckpointFormat.NewerVersionException.class)
                .hasMessageContaining("version 3");
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
            "log-agent checkpoint 2\n{\"source\":\"a\"}\n",
            "log-agent checkpoint 1\n{\"source\":\"a\",\"started_ms\":\"x\"}\n"
        }) {
            assertThatThrownBy(() -> read(withChecksum(body))).as(body).isInstanceOf(IOException.class);
        }
    }
}
