package dev.logagent.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathPatternTest {

    private static final String[] NAMES = {"a", "b", "app.log", "app.log.1", "ä b.log", "x.txt", "[x].log", "{y}"};
    private static final String[] COMPONENTS = {
        "*", "**", "a", "b", "*.log", "*.log*", "app.log", "?", "[ab]", "{a,b}", "{app,x}.*", "ä b.log", "*[0-9]"
    };

    @TempDir
    Path folder;

    private static final class Found implements PathPattern.Expansion {
        final Set<Path> files = new TreeSet<>();
        final Set<Path> folders = new TreeSet<>();
        final List<Path> unreadable = new ArrayList<>();

        @Override
        public void folder(Path path) {
            folders.add(path);
        }

        @Override
        public void file(Path path) {
            files.add(path);
        }

        @Override
        public void unreadable(Path path, IOException reason) {
            unreadable.add(path);
        }
    }

    private Found expand(String pattern) {
        Found found = new Found();
        new PathPattern(folder + "/" + pattern).expand(found);
        return found;
    }

    private boolean matches(String pattern, String path) {
        return new PathPattern(folder + "/" + pattern).matches(folder.resolve(path));
    }

    private void create(String... files) throws IOException {
        for (String file : files) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
    }

    private Set<Path> paths(String... files) {
        return Stream.of(files).map(folder::resolve).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void findsExactlyTheFilesThatMatch() {
        Seeds.forEach(15, random -> {
            Path root = Files.createDirectories(folder.resolve("r" + random.nextInt()));
            List<Path> all = new ArrayList<>();
            fill(root, random, 3, all);
            for (int i = 0; i < 40; i++) {
                String pattern = root + "/" + component(random) + "/" + component(random)
                        + (random.nextBoolean() ? "/" + component(random) : "");
                PathPattern compiled = new PathPattern(pattern);
                Found found = new Found();
                compiled.expand(found);
                Set<Path> expected =
                        all.stream().filter(compiled::matches).collect(Collectors.toCollection(TreeSet::new));
                if (compiled.isLiteral()) {
                    expected.add(Path.of(pattern));
                }
                assertThat(found.files).as(pattern).isEqualTo(expected);
                assertThat(found.files).allMatch(file -> found.folders.contains(file.getParent()));
            }
        });
    }

    private static String component(Random random) {
        return COMPONENTS[random.nextInt(COMPONENTS.length)];
    }

    private static void fill(Path place, Random random, int depth, List<Path> files) throws IOException {
        for (String name : NAMES) {
            Path path = place.resolve(name);
            if (depth > 0 && random.nextInt(3) == 0) {
                Files.createDirectory(path);
                fill(path, random, depth - 1, files);
            } else if (random.nextBoolean()) {
                Files.writeString(path, "");
                files.add(path);
            }
        }
    }

    @Test
    void letsTwoStarsStandForNoFolderAndForMany() throws IOException {
        create("x.log", "a/x.log", "a/b/c/x.log");

        assertThat(expand("**/x.log").files).isEqualTo(paths("x.log", "a/x.log", "a/b/c/x.log"));
        assertThat(matches("**/x.log", "x.log")).isTrue();
        assertThat(matches("a/**/x.log", "a/x.log")).isTrue();
        assertThat(matches("a/**/x.log", "b/x.log")).isFalse();
    }

    @Test
    void takesAnExistingPathAsItIsWhateverItsCharacters() throws IOException {
        create("[app].log", "{a,b}.log", "a.log", "p.log");

        assertThat(expand("[app].log").files).isEqualTo(paths("[app].log"));
        assertThat(expand("{a,b}.log").files).isEqualTo(paths("{a,b}.log"));
        assertThat(matches("[app].log", "[app].log")).isTrue();
    }

    @Test
    void findsNamesWithSpacesAndOtherScripts() throws IOException {
        create("my app/größe 日本.log");

        assertThat(expand("my app/*.log").files).isEqualTo(paths("my app/größe 日本.log"));
        assertThat(expand("my app/größe 日本.log").files).isEqualTo(paths("my app/größe 日本.log"));
    }

    @Test
    void givesAPlainPathThatDoesNotExistYet() {
        Found found = expand("later.log");

        assertThat(found.files).isEqualTo(paths("later.log"));
        assertThat(found.folders).containsExactly(folder);
    }

    @Test
    void watchesTheDeepestFolderThatExistsOnTheWayToAMissingOne() {
        assertThat(expand("not/yet/*.log").folders).containsExactly(folder);
    }

    @Test
    void doesNotFollowLinksToFoldersThroughTwoStars() throws IOException {
        create("a/x.log");
        Files.createSymbolicLink(folder.resolve("a/loop"), folder);

        assertThat(expand("**/x.log").files).isEqualTo(paths("a/x.log"));
    }

    @Test
    void followsLinksToFoldersThatAPatternNames() throws IOException {
        create("real/x.log");
        Files.createSymbolicLink(folder.resolve("current"), folder.resolve("real"));

        assertThat(expand("curr*/x.log").files).isEqualTo(paths("current/x.log"));
    }
}
