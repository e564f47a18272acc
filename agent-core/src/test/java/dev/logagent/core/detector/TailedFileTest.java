package dev.logagent.core.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.FilePosition.Sighting;
import dev.logagent.core.discovery.FileStat;
import dev.logagent.core.discovery.Fingerprint;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.testing.RecordingEvents;
import dev.logagent.core.testing.Runs;
import dev.logagent.core.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TailedFileTest {

    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();
    private final MemoryBudget budget = new MemoryBudget(1 << 24);
    private final List<LineRun> runs = new ArrayList<>();
    private Path file = Path.of("");

    @BeforeEach
    void create() throws IOException {
        file = Files.createFile(folder.resolve("app.log"));
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private TailedFile open(int maxLineBytes, long start) throws IOException {
        FileStat stat = Objects.requireNonNull(FileStat.of(file));
        FileContent content = FileContent.plain(file);
        Sighting sighting = Sighting.of(file.toString(), stat, Contents.head(content), 0);
        Position position = Contents.position(content, start);
        return TailedFile.opened(
                file,
                stat,
                content,
                new Generations.Beginning(new FilePosition("s", 1, 0, sighting, position), start),
                new ReadContext(SourceInfo.named("s"), budget, new OpenFiles(10, 1), maxLineBytes, runs::add, events));
    }

    private Progress readAll(TailedFile tail) throws IOException {
        Progress progress = tail.read(false);
        while (progress == Progress.MORE) {
            progress = tail.read(false);
        }
        return progress;
    }

    private List<String> texts() {
        return runs.stream()
                .flatMap(run -> Runs.texts(Runs.batch(1, run)).stream())
                .toList();
    }

    private List<Boolean> partial() {
        List<Boolean> all = new ArrayList<>();
        for (LineRun run : runs) {
            for (int line = 0; line < run.count(); line++) {
                all.add(run.isPartial(line));
            }
        }
        return all;
    }

    @Test
    void keepsPartialLineUntilItsNewlineArrives() throws IOException {
        append("one\ntw");
        TailedFile tail = open(100, 0);

        assertThat(readAll(tail)).isEqualTo(Progress.CAUGHT_UP);
        assertThat(texts()).containsExactly("one");
        append("o");
        readAll(tail);
        assertThat(texts()).containsExactly("one");
        append("\n");
        readAll(tail);

        assertThat(texts()).containsExactly("one", "two");
        assertThat(partial()).containsExactly(false, false);
        assertThat(tail.point().offset()).isEqualTo(8);
    }

    @Test
    void handsOverAnUnfinishedLineOnlyAtTheEnd() throws IOException {
        append("one\ntwo");
        TailedFile tail = open(100, 0);
        readAll(tail);

        assertThat(tail.read(true)).isEqualTo(Progress.MORE);

        assertThat(texts()).containsExactly("one", "two");
        assertThat(partial()).containsExactly(false, true);
    }

    @Test
    void leavesCarriageReturnsOutOfTheLine() throws IOException {
        append("one\r\ntwo\rstill two\r\n\r\n");

        readAll(open(100, 0));

        assertThat(texts()).containsExactly("one", "two\rstill two", "");
    }

    @Test
    void waitsForTheNewlineAfterACarriageReturn() throws IOException {
        append("one\r");
        TailedFile tail = open(100, 0);
        readAll(tail);
        append("\n");
        readAll(tail);

        assertThat(texts()).containsExactly("one");
    }

    @Test
    void splitsALineThatIsTooLongAndMarksThePieces() throws IOException {
        append("a".repeat(25) + "\nnext\n");

        readAll(open(10, 0));

        assertThat(texts()).containsExactly("a".repeat(10), "a".repeat(10), "a".repeat(5), "next");
        assertThat(partial()).containsExactly(true, true, true, false);
        assertThat(events.named("lineSplit")).containsExactly("lineSplit app.log 0");
    }

    @Test
    void takesALineOfExactlyTheLongestLengthAsOne() throws IOException {
        append("a".repeat(10));
        TailedFile tail = open(10, 0);
        readAll(tail);
        append("\n");
        readAll(tail);

        assertThat(texts()).containsExactly("a".repeat(10));
        assertThat(partial()).containsExactly(false);
    }

    /** Whatever is cut where: no piece begins or ends inside a character, and together they are the line. */
    @Test
    void cutsLongLinesBetweenCharactersOnly() {
        Seeds.forEach(300, random -> {
            runs.clear();
            file = Files.createFile(folder.resolve("f" + random.nextLong()));
            String line = randomText(random, 1 + random.nextInt(200));
            TailedFile tail = open(4 + random.nextInt(30), 0);
            byte[] bytes = (line + "\nend\n").getBytes(StandardCharsets.UTF_8);
            int written = 0;
            while (written < bytes.length) {
                int more = Math.min(1 + random.nextInt(50), bytes.length - written);
                Files.write(
                        file, java.util.Arrays.copyOfRange(bytes, written, written + more), StandardOpenOption.APPEND);
                written += more;
                readAll(tail);
            }
            List<String> all = texts();
            assertThat(String.join("", all.subList(0, all.size() - 1))).isEqualTo(line);
            assertThat(all.get(all.size() - 1)).isEqualTo("end");
            assertThat(all).noneMatch(text -> text.contains("\ufffd"));
        });
    }

    private static String randomText(Random random, int length) {
        int[] characters = {'a', 'z', 0xe4, 0x20ac, 0x65e5, 0x1f600, ' '};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    @Test
    void keepsTheMemoryFlatForALineWithoutAnEnd() throws IOException {
        append("x".repeat(3_000_000));
        TailedFile tail = open(100_000, 0);

        readAll(tail);

        assertThat(runs).hasSize(29).allMatch(run -> run.byteCount() == 100_000);
        assertThat(runs).allMatch(run -> run.bytes(0).length <= 1 << 19);
        assertThat(budget.used())
                .isEqualTo(runs.stream().mapToLong(MemoryBudget::cost).sum());
    }

    @Test
    void handsOverManyLinesInOneRun() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("line ").append(i).append('\n');
        }
        append(text.toString());

        readAll(open(100, 0));

        assertThat(runs).hasSize(1);
        assertThat(texts()).hasSize(5000).last().isEqualTo("line 4999");
    }

    @Test
    void noticesThatItsContentsWereReplacedBySomethingLonger() throws IOException {
        append("first contents\n");
        TailedFile tail = open(100, 0);
        readAll(tail);

        Files.writeString(file, "other contents that are longer\n");

        assertThat(tail.read(false)).isEqualTo(Progress.REPLACED);
        assertThat(texts()).containsExactly("first contents");
    }

    @Test
    void noticesThatItBecameShorter() throws IOException {
        append("first contents\n");
        TailedFile tail = open(100, 0);
        readAll(tail);

        Files.writeString(file, "short\n");

        assertThat(tail.read(false)).isEqualTo(Progress.REPLACED);
        assertThat(tail.unreadBytes()).isZero();
    }

    @Test
    void knowsWhatWasTruncatedAwayHoweverOftenItHasLookedSince() throws IOException {
        append("one\ntwo\n");
        TailedFile tail = open(1000, 4);
        Files.writeString(file, "");
        tail.noticed(file, Objects.requireNonNull(FileStat.of(file)));
        append("n");
        tail.noticed(file, Objects.requireNonNull(FileStat.of(file)));

        assertThat(tail.read(false)).isEqualTo(Progress.REPLACED);
        assertThat(tail.unreadBytes()).isEqualTo(4);
    }

    @Test
    void noticesOtherContentsOfTheSameLength() throws IOException {
        append("aaaa\n");
        TailedFile tail = open(100, 0);
        readAll(tail);

        Files.writeString(file, "bbbb\n");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
        tail.noticed(file, Objects.requireNonNull(FileStat.of(file)));

        assertThat(tail.read(false)).isEqualTo(Progress.REPLACED);
    }

    @Test
    void noticesThatContentsItHasNotReadYetWereReplaced() throws IOException {
        append("first contents\n");
        TailedFile tail = open(100, 0);

        Files.writeString(file, "other contents that are longer\n");
        assertThat(tail.read(false)).isEqualTo(Progress.REPLACED);
        Files.writeString(file, "");
        assertThat(tail.point().isReplaced()).isTrue();

        assertThat(runs).isEmpty();
    }

    @Test
    void passesOverAHoleOfNulsWhenDataFollow() throws IOException {
        append("before\n");
        TailedFile tail = open(100, 0);
        readAll(tail);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("after\n".getBytes(StandardCharsets.UTF_8)), 50_000_000);
        }

        readAll(tail);

        assertThat(texts()).containsExactly("before", "after");
        assertThat(events.named("holeSkipped")).containsExactly("holeSkipped app.log 7 49999993");
        assertThat(tail.position().acks().position().offset()).isZero();
    }

    @Test
    void leavesNulsAtTheEndAloneBecauseTheyMayBeWrittenOver() throws IOException {
        append("before\n");
        TailedFile tail = open(100, 0);
        readAll(tail);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[10_000]), 7);
            assertThat(readAll(tail)).isEqualTo(Progress.CAUGHT_UP);
            channel.write(ByteBuffer.wrap("data\n".getBytes(StandardCharsets.UTF_8)), 7);
        }

        readAll(tail);

        assertThat(texts()).containsExactly("before", "data");
    }

    @Test
    void keepsNulsInsideLines() throws IOException {
        append("a\0b\0\0c\n");

        readAll(open(100, 0));

        assertThat(texts()).containsExactly("a\0b\0\0c");
    }

    @Test
    void beginsWhereItIsTold() throws IOException {
        append("one\ntwo\nthree\n");

        readAll(open(100, 4));

        assertThat(texts()).containsExactly("two", "three");
        assertThat(runs.get(0).startOffset()).isEqualTo(4);
    }

    @Test
    void growsItsHeadWithTheFile() throws IOException {
        append("one\n");
        TailedFile tail = open(100, 0);
        readAll(tail);
        assertThat(tail.position().sighting().head().length()).isEqualTo(4);

        append("x".repeat(90) + "\n");
        readAll(tail);

        byte[] all = Files.readAllBytes(file);
        assertThat(tail.position().sighting().head()).isEqualTo(Fingerprint.of(all, 0, all.length));
    }

    @Test
    void staysReadableWhenItsNameIsGone() throws IOException {
        append("one\n");
        TailedFile tail = open(100, 0);
        try (FileChannel writer = FileChannel.open(file, StandardOpenOption.APPEND)) {
            Files.delete(file);
            writer.write(ByteBuffer.wrap("two\n".getBytes(StandardCharsets.UTF_8)));
        }

        readAll(tail);

        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void holdsUpAYoungerFileUntilItHasBeenReadUnlessItsOwnNameIsGone() throws IOException {
        append("one\n");
        TailedFile older = open(1000, 0);
        TailedFile younger = open(1000, 0);
        younger.queue(new PlaceInLine(younger, file, older.place()));
        assertThat(younger.place().isBlocked())
                .describedAs("the older one is unread")
                .isTrue();

        readAll(older);
        assertThat(younger.place().isBlocked())
                .describedAs("the older one is read")
                .isFalse();

        append("two\n");
        older.noticed(file, Objects.requireNonNull(FileStat.of(file)));
        assertThat(younger.place().isBlocked())
                .describedAs("the older one goes on growing under its own name")
                .isFalse();

        older.retire();
        assertThat(younger.place().isBlocked())
                .describedAs("the older one was renamed, and is unread")
                .isTrue();
    }

    @Test
    void handsNothingOverWhenTheAgentStops() throws IOException {
        append("one\n");
        TailedFile tail = open(100, 0);

        budget.close();

        assertThat(tail.read(false)).isEqualTo(Progress.WAITING);
        assertThat(runs).isEmpty();
        assertThat(tail.point().offset()).isZero();
    }
}
