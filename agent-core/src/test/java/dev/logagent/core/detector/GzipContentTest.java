package dev.logagent.core.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.core.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GzipContentTest {

    @TempDir
    Path folder;

    private static byte[] compressed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(Random random, int length) {
        byte[] plain = new byte[length];
        for (int i = 0; i < length; i++) {
            plain[i] = (byte) ('a' + random.nextInt(26));
        }
        return plain;
    }

    private static byte[] read(FileContent content, long position, int length) throws IOException {
        byte[] into = new byte[length + 3];
        int read = content.read(into, 3, length, position);
        return Arrays.copyOfRange(into, 3, 3 + read);
    }

    private static byte[] expected(byte[] plain, int position, int length) {
        int from = Math.min(position, plain.length);
        return Arrays.copyOfRange(plain, from, Math.min(from + length, plain.length));
    }

    @Test
    void readsTheSameAsThePlainFileInAnyOrder() {
        Seeds.forEach(150, random -> {
            byte[] plain = text(random, random.nextInt(200_000));
            Path file = Files.write(folder.resolve("a.gz"), compressed(plain));
            try (FileContent content = new GzipContent(file)) {
                for (int i = 0; i < 30; i++) {
                    int position = random.nextInt(plain.length + 100);
                    int length = random.nextInt(random.nextBoolean() ? 100 : 70_000);
                    assertThat(read(content, position, length)).isEqualTo(expected(plain, position, length));
                }
            }
        });
    }

    @Test
    void knowsItsSizeOnceTheEndHasBeenRead() throws IOException {
        Path file = Files.write(folder.resolve("a.gz"), compressed(new byte[5000]));
        try (FileContent content = new GzipContent(file)) {
            assertThat(content.size()).isEqualTo(Long.MAX_VALUE);
            read(content, 4000, 2000);
            assertThat(content.size()).isEqualTo(5000);
        }
    }

    @Test
    void readsMembersThatWereAppended() throws IOException {
        byte[] plain = text(new Random(1), 3000);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(compressed(Arrays.copyOf(plain, 1000)));
        both.write(compressed(Arrays.copyOfRange(plain, 1000, 3000)));
        Path file = Files.write(folder.resolve("a.gz"), both.toByteArray());
        try (FileContent content = new GzipContent(file)) {
            assertThat(read(content, 0, 5000)).isEqualTo(plain);
        }
    }

    /** What logrotate shows while it is at work: first it fails, then it is right, never is it wrong. */
    @Test
    void readsRightlyWhatWasNotFinishedAtFirst() {
        Seeds.forEach(100, random -> {
            byte[] plain = text(random, 100_000);
            byte[] whole = compressed(plain);
            Path file =
                    Files.write(folder.resolve("a.gz"), Arrays.copyOf(whole, 20 + random.nextInt(whole.length - 20)));
            try (FileContent content = new GzipContent(file)) {
                assertThatThrownBy(() -> read(content, random.nextInt(1000), 200_000))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("damaged or not finished");
                Files.write(file, whole);
                int position = random.nextInt(plain.length);
                assertThat(read(content, position, 5000)).isEqualTo(expected(plain, position, 5000));
                assertThat(read(content, 10, 5000)).isEqualTo(expected(plain, 10, 5000));
            }
        });
    }

    @Test
    void staysReadableWhenItIsRenamedOrDeleted() throws IOException {
        byte[] plain = text(new Random(1), 100_000);
        Path file = Files.write(folder.resolve("a.gz"), compressed(plain));
        try (FileContent content = new GzipContent(file)) {
            read(content, 50_000, 1000);
            Files.move(file, folder.resolve("b.gz"));
            Files.writeString(file, "another file");
            assertThat(read(content, 0, 1000)).isEqualTo(expected(plain, 0, 1000));
            Files.delete(folder.resolve("b.gz"));
            assertThat(read(content, 99_000, 5000)).isEqualTo(expected(plain, 99_000, 5000));
            assertThat(read(content, 7, 10)).isEqualTo(expected(plain, 7, 10));
        }
    }

    @Test
    void refusesWhatIsNotCompressed() throws IOException {
        Path file = Files.writeString(folder.resolve("a.gz"), "plain text");

        assertThatThrownBy(() -> new GzipContent(file)).isInstanceOf(IOException.class);
    }
}
