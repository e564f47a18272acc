package dev.logagent.core.spool;

import static dev.logagent.core.spool.SpoolFolder.drain;
import static dev.logagent.core.spool.SpoolFolder.texts;
import static dev.logagent.core.spool.SpoolFolder.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the files: every other record comes out, in order, and what is missing is counted. */
final class SpoolDamageTest {

    private static final List<String> TEXTS = texts("record of a batch", 5);

    @TempDir
    Path temp;

    private Path original;

    @BeforeEach
    void fill() throws IOException {
        original = temp.resolve("original");
        try (Spool spool = new SpoolFolder(original).open()) {
            write(spool, 2, TEXTS);
        }
    }

    private SpoolFolder copy() throws IOException {
        SpoolFolder copy = new SpoolFolder(temp.resolve("copy"));
        copy.replaceBy(original);
        return copy;
    }

    /** What comes out of the damaged spool, which must still take new records. */
    private static List<String> recover(SpoolFolder folder) throws IOException {
        try (Spool spool = folder.open()) {
            write(spool, 1, List.of("new"));
            List<String> out = drain(spool);
            assertThat(out).endsWith("new");
            assertThat(spool.records()).isZero();
            assertThat(folder.segments()).isEmpty();
            return out.subList(0, out.size() - 1);
        }
    }

    private static List<String> without(int index) {
        List<String> rest = new ArrayList<>(TEXTS);
        rest.remove(index);
        return rest;
    }

    @Test
    void losesOneRecordWhicheverByteIsFlipped() throws IOException {
        byte[] intact = Files.readAllBytes(new SpoolFolder(original).segment());
        int recordBytes = intact.length / TEXTS.size();
        for (int at = 0; at < intact.length; at++) {
            SpoolFolder folder = copy();
            byte[] damaged = intact.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(folder.segment(), damaged);

            assertThat(recover(folder)).as("byte %d", at).isEqualTo(without(at / recordBytes));
            assertThat(folder.events().all()).as("byte %d", at).containsExactly("spoolDamaged 1");
            assertThat(SegmentFiles.damaged(folder.path())).as("byte %d", at).hasSize(1);
        }
    }

    @Test
    void givesTheWholeRecordsOfASegmentThatIsCutAnywhere() throws IOException {
        byte[] intact = Files.readAllBytes(new SpoolFolder(original).segment());
        int recordBytes = intact.length / TEXTS.size();
        for (int length = 0; length < intact.length; length++) {
            SpoolFolder folder = copy();
            Files.write(folder.segment(), Arrays.copyOf(intact, length));

            assertThat(recover(folder)).as("length %d", length).isEqualTo(TEXTS.subList(0, length / recordBytes));
            int torn = length % recordBytes;
            assertThat(folder.events().all())
                    .as("length %d", length)
                    .isEqualTo(torn == 0 ? List.of() : List.of("spoolTailCut " + torn));
        }
    }

    @Test
    void givesTheWholeRecordsBeforeATailOfZeros() throws IOException {
        byte[] intact = Files.readAllBytes(new SpoolFolder(original).segment());
        int recordBytes = intact.length / TEXTS.size();
        for (int zeros = 1; zeros <= intact.length; zeros++) {
            SpoolFolder folder = copy();
            byte[] damaged = intact.clone();
            Arrays.fill(damaged, intact.length - zeros, intact.length, (byte) 0);
            Files.write(folder.segment(), damaged);

            int whole = (intact.length - zeros) / recordBytes;
            assertThat(recover(folder)).as("zeros %d", zeros).isEqualTo(TEXTS.subList(0, whole));
            assertThat(folder.events().all())
                    .as("zeros %d", zeros)
                    .isNotEmpty()
                    .isSubsetOf(
                            "spoolDamaged 1",
                            "spoolTailCut " + recordBytes * (TEXTS.size() - whole - 1),
                            "spoolTailCut " + recordBytes * (TEXTS.size() - whole));
        }
    }

    @Test
    void findsTheNextRecordBehindAWrongLength() throws IOException {
        for (int wrong : new int[] {0, 1, 1000, Integer.MAX_VALUE, -1}) {
            SpoolFolder folder = copy();
            byte[] bytes = Files.readAllBytes(folder.segment());
            ByteBuffer.wrap(bytes).putInt(bytes.length / TEXTS.size() * 2 + 4, wrong);
            Files.write(folder.segment(), bytes);

            assertThat(recover(folder)).as("length %d", wrong).isEqualTo(without(2));
            assertThat(folder.events().all()).containsExactly("spoolDamaged 1");
        }
    }

    @Test
    void findsTheNextRecordBehindALargeHole() throws IOException {
        Path large = temp.resolve("large");
        List<String> texts = texts("y".repeat(50_000), 20);
        try (Spool spool = new SpoolFolder(large).open()) {
            write(spool, 20, texts);
        }
        SpoolFolder folder = new SpoolFolder(large);
        byte[] bytes = Files.readAllBytes(folder.segment());
        Arrays.fill(bytes, 60_000, 260_000, (byte) 0x4c);
        Files.write(folder.segment(), bytes);

        assertThat(recover(folder)).containsExactlyElementsOf(concat(texts.subList(0, 1), texts.subList(6, 20)));
        assertThat(folder.events().all()).containsExactly("spoolDamaged 5");
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    @Test
    void countsWhatWasInAMissingSegment() throws IOException {
        SpoolFolder folder = new SpoolFolder(temp.resolve("several")).maxBytes(20_000);
        List<String> texts = texts("x".repeat(1000), 15);
        try (Spool spool = folder.open()) {
            write(spool, 1, texts);
        }
        List<Path> segments = folder.segments();
        assertThat(segments).hasSizeGreaterThan(3);
        Files.delete(segments.get(2));
        long missing = number(segments.get(3)) - number(segments.get(2));

        List<String> out = recover(folder);

        assertThat(out).hasSize((int) (15 - missing));
        assertThat(texts).containsSubsequence(out);
        assertThat(folder.events().all()).containsExactly("spoolDamaged " + missing);
    }

    @Test
    void goesOnThoughASegmentIsDeletedWhileItIsOpen() throws IOException {
        SpoolFolder folder = new SpoolFolder(temp.resolve("deleted")).maxBytes(20_000);
        List<String> texts = texts("x".repeat(1000), 15);
        try (Spool spool = folder.open()) {
            write(spool, 1, texts);
            SpoolFolder.take(spool);
            List<Path> segments = folder.segments();
            Files.delete(segments.get(1));
            long missing = number(segments.get(2)) - number(segments.get(1));

            assertThat(drain(spool)).hasSize((int) (14 - missing));
            assertThat(folder.events().all()).containsExactly("spoolDamaged " + missing);
            assertThat(folder.segments()).isEmpty();
        }
    }

    private static long number(Path segment) {
        SegmentName name = SegmentName.parse(String.valueOf(segment.getFileName()));
        return name == null ? -1 : name.firstSequence();
    }

    @Test
    void repeatsLittleWhenItForgetsHowFarItWas() throws IOException {
        SpoolFolder folder = new SpoolFolder(temp.resolve("forgetful")).maxBytes(20_000);
        List<String> texts = texts("x".repeat(1000), 15);
        try (Spool spool = folder.open()) {
            write(spool, 1, texts);
            for (int i = 0; i < 7; i++) {
                SpoolFolder.take(spool);
            }
        }
        for (byte[] position : List.of(new byte[0], new byte[80], "nonsense".getBytes(StandardCharsets.UTF_8))) {
            SpoolFolder copy = new SpoolFolder(temp.resolve("forgotten" + position.length));
            copy.replaceBy(folder.path());
            Files.write(copy.path().resolve("position"), position);

            List<String> out = recover(copy);

            assertThat(out)
                    .endsWith(texts.subList(7, 15).toArray(String[]::new))
                    .hasSizeLessThanOrEqualTo(10);
            assertThat(copy.events().all()).isEmpty();
        }
    }

    @Test
    void usesTheOtherSlotWhenOneIsDamaged() throws IOException {
        SpoolFolder folder = new SpoolFolder(temp.resolve("slots"));
        try (Spool spool = folder.open()) {
            write(spool, 5, TEXTS);
            SpoolFolder.take(spool);
            SpoolFolder.take(spool);
        }
        byte[] intact = Files.readAllBytes(folder.path().resolve("position"));
        for (int at = 0; at < intact.length; at++) {
            SpoolFolder copy = new SpoolFolder(temp.resolve("slot"));
            copy.replaceBy(folder.path());
            byte[] damaged = intact.clone();
            damaged[at] ^= 0x10;
            Files.write(copy.path().resolve("position"), damaged);

            assertThat(recover(copy)).as("byte %d", at).isIn(TEXTS.subList(1, 5), TEXTS.subList(2, 5));
            assertThat(copy.events().all()).isEmpty();
        }
    }

    @Test
    void doesNotTakeARecordInsideARecordForOne() throws IOException {
        SpoolFolder folder = new SpoolFolder(temp.resolve("nested"));
        byte[] bait = Files.readAllBytes(new SpoolFolder(original).segment());
        try (Spool spool = folder.open()) {
            spool.write(ByteBuffer.wrap(bait));
            spool.force();
            write(spool, 1, List.of("after"));
        }
        try (var channel = Files.newByteChannel(folder.segment(), StandardOpenOption.WRITE)) {
            channel.position(4).write(ByteBuffer.wrap(new byte[] {99}));
        }

        assertThat(recover(folder)).containsExactly("after");
        assertThat(folder.events().all()).containsExactly("spoolDamaged 1");
    }

    @Test
    void opensThoughOtherFilesAreInItsFolder() throws IOException {
        SpoolFolder folder = copy();
        Files.writeString(folder.path().resolve("notes.txt"), "mine");
        Files.createDirectory(folder.path().resolve("sub"));
        Files.delete(folder.path().resolve("sub"));

        assertThat(recover(folder)).isEqualTo(TEXTS);
    }
}
