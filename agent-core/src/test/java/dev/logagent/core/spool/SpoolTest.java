package dev.logagent.core.spool;

import static dev.logagent.core.spool.SpoolFolder.drain;
import static dev.logagent.core.spool.SpoolFolder.take;
import static dev.logagent.core.spool.SpoolFolder.text;
import static dev.logagent.core.spool.SpoolFolder.texts;
import static dev.logagent.core.spool.SpoolFolder.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {

    @TempDir
    Path temp;

    private SpoolFolder folder() {
        return new SpoolFolder(temp.resolve("spool"));
    }

    @Test
    void writesNothingWhileItIsNotUsed() throws IOException {
        SpoolFolder folder = folder();
        try (Spool spool = folder.open()) {
            assertThat(spool.next()).isNull();
            spool.force();
        }
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void givesRecordsInOrderAndLeavesNoSegmentBehind() throws IOException {
        SpoolFolder folder = folder();
        try (Spool spool = folder.open()) {
            write(spool, 3, texts("record", 10));
            assertThat(spool.records()).isEqualTo(10);

            assertThat(drain(spool)).isEqualTo(texts("record", 10));

            assertThat(folder.segments()).isEmpty();
            assertThat(spool.records()).isZero();
            assertThat(spool.bytes()).isZero();
            write(spool, 1, texts("more", 1));
            assertThat(drain(spool)).isEqualTo(texts("more", 1));
        }
        assertThat(folder.events().all()).isEmpty();
    }

    @Test
    void givesARecordOnlyWhenItIsDurable() throws IOException {
        try (Spool spool = folder().open()) {
            spool.write(ByteBuffer.wrap("record".getBytes(StandardCharsets.UTF_8)));
            assertThat(spool.next()).isNull();
            assertThat(spool.records()).isZero();

            spool.force();

            assertThat(take(spool)).isEqualTo("record");
        }
    }

    @Test
    void givesAfterARestartWhatWasNotResolved() throws IOException {
        SpoolFolder folder = folder();
        try (Spool spool = folder.open()) {
            write(spool, 4, texts("record", 10));
            SpoolRecord first = Objects.requireNonNull(spool.next());
            SpoolRecord second = Objects.requireNonNull(spool.next());
            SpoolRecord third = Objects.requireNonNull(spool.next());
            spool.resolve(first.sequence());
            spool.resolve(third.sequence());
            assertThat(text(second)).isEqualTo("record 1");
            assertThat(spool.records()).isEqualTo(9);
            assertThat(spool.waiting()).isEqualTo(7);
        }

        try (Spool spool = folder.open()) {
            assertThat(spool.records()).isEqualTo(9);
            write(spool, 1, List.of("new"));
            List<String> expected = new ArrayList<>(texts("record", 10).subList(1, 10));
            expected.add("new");
            assertThat(drain(spool)).isEqualTo(expected);
        }
        assertThat(folder.events().all()).isEmpty();
    }

    @Test
    void deletesEachSegmentWhenAllOfItIsResolved() throws IOException {
        SpoolFolder folder = folder().maxBytes(80_000);
        try (Spool spool = folder.open()) {
            write(spool, 1, texts("x".repeat(1000), 70));
            int before = folder.segments().size();
            long bytes = spool.bytes();
            assertThat(before).isBetween(6, 8);
            SpoolRecord first = Objects.requireNonNull(spool.next());
            for (int i = 0; i < 40; i++) {
                take(spool);
            }
            assertThat(folder.segments()).as("the first record is not resolved").hasSize(before);

            spool.resolve(first.sequence());

            assertThat(folder.segments()).hasSizeBetween(before - 5, before - 3);
            assertThat(spool.bytes()).isBetween(bytes / 4, bytes / 2);
        }
    }

    @Test
    void knowsWhenItIsFull() throws IOException {
        try (Spool spool = folder().maxBytes(10_000).open()) {
            int written = 0;
            while (spool.hasRoomFor(500)) {
                write(spool, 1, List.of("x".repeat(500)));
                written++;
            }
            assertThat(written).isBetween(15, 20);
            assertThat(spool.bytes()).isLessThanOrEqualTo(10_000);
            while (!spool.hasRoomFor(500)) {
                take(spool);
            }
            assertThat(spool.bytes()).isLessThanOrEqualTo(10_000 - 500);
        }
    }

    @Test
    void dropsTheOldestSegmentAndTellsWhatWasInIt() throws IOException {
        SpoolFolder folder = folder().maxBytes(8_000);
        try (Spool spool = folder.open()) {
            write(spool, 1, texts("x".repeat(400), 16));
            SpoolRecord taken = Objects.requireNonNull(spool.next());
            List<String> dropped = new ArrayList<>();

            assertThat(spool.dropOldest(payload ->
                            dropped.add(StandardCharsets.UTF_8.decode(payload).toString())))
                    .isTrue();

            assertThat(dropped).isNotEmpty().doesNotContain(text(taken));
            spool.resolve(taken.sequence());
            List<String> all = new ArrayList<>(List.of(text(taken)));
            all.addAll(dropped);
            all.addAll(drain(spool));
            assertThat(all).isEqualTo(texts("x".repeat(400), 16));
            assertThat(spool.dropOldest(payload -> {})).isFalse();
        }
        assertThat(folder.events().all()).as("dropped is not damaged").isEmpty();
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        SpoolFolder folder = folder();
        try (Spool spool = folder.open()) {
            write(spool, 1, List.of("secret"));
            assertThat(Files.getPosixFilePermissions(folder.path())).hasSize(3);
            assertThat(Files.getPosixFilePermissions(folder.segment())).hasSize(2);
        }
    }

    /** Random work and restarts against a queue in memory. */
    @Test
    void behavesLikeAQueueOverRestarts() {
        Seeds.forEach(10, random -> {
            Path path = temp.resolve("model" + random.nextInt(Integer.MAX_VALUE));
            SpoolFolder folder = new SpoolFolder(path).maxBytes(20_000);
            Deque<String> unresolved = new ArrayDeque<>();
            Spool spool = folder.open();
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> writeSome(spool, random, unresolved);
                    case 3 -> {
                        spool.close();
                        spool = folder.open();
                    }
                    default -> {
                        assertThat(take(spool)).isEqualTo(unresolved.poll());
                        assertThat(spool.records()).isEqualTo(unresolved.size());
                    }
                }
            }
            assertThat(drain(spool)).containsExactlyElementsOf(unresolved);
            spool.close();
            assertThat(folder.events().all()).isEmpty();
        });
    }

    private static void writeSome(Spool spool, Random random, Deque<String> unresolved) throws IOException {
        for (int i = random.nextInt(4); i >= 0; i--) {
            String text = "x".repeat(random.nextInt(800)) + random.nextInt();
            if (spool.hasRoomFor(text.length())) {
                spool.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                unresolved.add(text);
            }
        }
        spool.force();
    }
}
