package dev.logagent.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.testkit.CompiledJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransportRegistryTest {

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final List<TransportRegistry> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TransportRegistry::close);
    }

    @Test
    void findsFoldersAndSingleJarsWithoutRegardToCase() throws Exception {
        FakeTransportJar.of("http", "1").write(folder.resolve("http/a.jar"));
        FakeTransportJar.of("mqtt", "1").write(folder.resolve("mqtt-1.2.jar"));
        TransportRegistry registry = registry(folder);

        assertThat(registry.names()).containsExactly("http", "mqtt");
        assertThat(registry.find("HTTP").orElseThrow().name()).isEqualTo("http");
        assertThat(registry.find("Mqtt").orElseThrow().place()).isEqualTo(folder.resolve("mqtt-1.2.jar"));
        assertThat(registry.find("kafka")).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void givesTheSameFactoryWhenAskedAgain() throws Exception {
        FakeTransportJar.of("http", "1").write(folder.resolve("http/a.jar"));
        TransportRegistry registry = registry(folder);

        assertThat(registry.find("http").orElseThrow())
                .isSameAs(registry.find("HTTP").orElseThrow());
    }

    @Test
    void keepsNoJarOpenThatNobodyAskedFor() throws Exception {
        FakeTransportJar.of("http", "1").write(folder.resolve("http/a.jar"));
        FakeTransportJar.of("kafka", "1").write(folder.resolve("kafka/a.jar"));

        assertThat(registry(folder).find("http")).isPresent();
        assertThat(openFiles()).contains(folder.resolve("http/a.jar")).doesNotContain(folder.resolve("kafka/a.jar"));
    }

    @Test
    void saysWhichTransportsThereAreAndWhereItLooked() throws Exception {
        FakeTransportJar.of("http", "1").write(folder.resolve("http/a.jar"));
        FakeTransportJar.of("kafka", "1").write(folder.resolve("kafka/a.jar"));

        assertThat(registry(folder).unknown("htpp"))
                .isEqualTo("there is no transport 'htpp', did you mean 'http'?; there are: http, kafka; searched: "
                        + folder);
        assertThat(registry().unknown("http"))
                .isEqualTo("there is no transport 'http'; none was found; no folder was searched");
    }

    @Test
    void namesBothPlacesOfAnAmbiguousName() throws Exception {
        FakeTransportJar.of("http", "1").write(folder.resolve("one/a.jar"));
        FakeTransportJar.of("HTTP", "1").write(folder.resolve("two/a.jar"));

        assertThatThrownBy(() -> registry(folder).find("http"))
                .isInstanceOf(AmbiguousTransportException.class)
                .hasMessageContaining(folder.resolve("one").toString())
                .hasMessageContaining(folder.resolve("two").toString());
    }

    @Test
    void passesOverBrokenJarsWithAWarningForEach() throws Exception {
        FakeTransportJar.of("http", "1").write(folder.resolve("http/a.jar"));
        Files.writeString(folder.resolve("cut.jar"), "not a jar");
        new CompiledJar().transport("missing.Factory").write(folder.resolve("dangling.jar"));
        new CompiledJar().resource("x", "y").write(folder.resolve("empty/none.jar"));

        assertThat(registry(folder).find("http")).isPresent();
        assertThat(warnings)
                .hasSize(3)
                .anySatisfy(warning -> assertThat(warning).contains("cut.jar cannot be read as a jar"))
                .anySatisfy(warning -> assertThat(warning).contains("dangling.jar", "missing.Factory"))
                .anySatisfy(warning -> assertThat(warning).contains("empty: no jar in it has META-INF/services/"));
    }

    @Test
    void refusesWhatEverybodyCanChange() throws Exception {
        FakeTransportJar.of("http", "1").write(folder.resolve("http/a.jar"));
        Files.setPosixFilePermissions(folder.resolve("http"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(registry(folder).find("http")).isEmpty();
        assertThat(warnings).singleElement().asString().contains("every user of this host can change it", "chmod o-w");
    }

    @Test
    void saysThatAFolderIsMissingAndReadsOneListedTwiceOnce() throws Exception {
        FakeTransportJar.of("http", "1").write(folder.resolve("here/http/a.jar"));
        TransportRegistry registry =
                registry(folder.resolve("here"), folder.resolve("there"), folder.resolve("there/../here"));

        assertThat(registry.find("http")).isPresent();
        assertThat(registry.searched()).containsExactly(folder.resolve("here"), folder.resolve("there"));
        assertThat(warnings).containsExactly("the transport folder " + folder.resolve("there") + " is missing");
    }

    private static List<Path> openFiles() throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isRegularFile(descriptor)) {
                    open.add(Files.readSymbolicLink(descriptor));
                }
            }
        }
        return open;
    }

    private TransportRegistry registry(Path... folders) {
        TransportRegistry registry = new TransportRegistry(List.of(folders), warnings::add);
        opened.add(registry);
        return registry;
    }
}
