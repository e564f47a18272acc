package dev.logagent.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStatTest {

    @TempDir
    Path folder;

    private FileStat stat(String name) throws IOException {
        return Objects.requireNonNull(FileStat.of(folder.resolve(name)));
    }

    @Test
    void recognisesAFileUnderAnotherName() throws IOException {
        Files.writeString(folder.resolve("a"), "one");
        FileStat before = stat("a");
        Files.move(folder.resolve("a"), folder.resolve("b"));

        assertThat(stat("b").isSameFile(before.key(), before.birthNanos())).isTrue();
    }

    @Test
    void tellsTwoFilesApart() throws IOException {
        Files.writeString(folder.resolve("a"), "same");
        Files.writeString(folder.resolve("b"), "same");

        assertThat(stat("a").isSameFile(stat("b").key(), stat("b").birthNanos()))
                .isFalse();
    }

    @Test
    void tellsAReusedInodeApartByItsBirthWhereTheFileSystemKeepsIt() throws IOException {
        Files.writeString(folder.resolve("a"), "one");
        Files.setLastModifiedTime(folder.resolve("a"), java.nio.file.attribute.FileTime.fromMillis(1));
        FileStat now = stat("a");
        boolean keepsBirths = now.birthNanos() != now.modifiedNanos();

        assertThat(now.isSameFile(now.key(), now.birthNanos() - 1)).isEqualTo(!keepsBirths);
    }

    @Test
    void leavesItToTheContentsWhereTheFileSystemKeepsNoBirth() {
        FileStat withoutBirth = new FileStat("(dev=none,ino=1)", 2500, 2500, 2500, 10, true);

        assertThat(withoutBirth.isSameFile("(dev=none,ino=1)", 1000)).isTrue();
    }

    @Test
    void followsSymbolicLinks() throws IOException {
        Files.writeString(folder.resolve("target"), "12345");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));

        assertThat(stat("link")).isEqualTo(stat("target"));
        assertThat(stat("link").size()).isEqualTo(5);
    }

    @Test
    void findsNothingWhereThereIsNothing() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));

        assertThat(FileStat.of(folder.resolve("missing"))).isNull();
        assertThat(FileStat.of(folder.resolve("file/below"))).isNull();
        assertThat(FileStat.of(folder.resolve("dangling"))).isNull();
    }

    @Test
    void saysThatAFolderIsNoRegularFile() throws IOException {
        Files.createDirectory(folder.resolve("sub"));

        assertThat(stat("sub").regular()).isFalse();
    }
}
