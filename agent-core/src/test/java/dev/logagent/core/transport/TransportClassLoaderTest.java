package dev.logagent.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.encode.Format;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

final class TransportClassLoaderTest {

    @TempDir
    Path folder;

    @Test
    void twoTransportsUseTheirOwnVersionsOfOneClass() throws Exception {
        FakeTransportJar.of("old", "1.0").write(folder.resolve("old/t.jar"));
        FakeTransportJar.of("new", "2.0").write(folder.resolve("new/t.jar"));
        try (TransportRegistry registry = new TransportRegistry(List.of(folder), warning -> {})) {
            assertThat(check(registry, "old")).isEqualTo("1.0 true");
            assertThat(check(registry, "new")).isEqualTo("2.0 true");
        }
    }

    @Test
    void sharesTheInterfaceAndTheLoggerAndNothingElseOfTheAgent() throws Exception {
        Path jar = folder.resolve("t.jar");
        FakeTransportJar.of("a", "1.0").write(jar);
        try (TransportClassLoader loader = loader(jar)) {
            assertThat(loader.loadClass(TransportFactory.class.getName())).isSameAs(TransportFactory.class);
            assertThat(loader.loadClass(Logger.class.getName())).isSameAs(Logger.class);
            assertThat(loader.loadClass("java.sql.Driver")).isNotNull();
            assertThatThrownBy(() -> loader.loadClass("dev.logagent.core.Agent"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> loader.loadClass("com.fasterxml.jackson.core.JsonFactory"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void seesItsOwnResourcesOnly() throws Exception {
        Path jar = folder.resolve("t.jar");
        FakeTransportJar.of("a", "1.0").write(jar);
        try (TransportClassLoader loader = loader(jar)) {
            assertThat(loader.getResource("own.txt")).isNotNull();
            assertThat(loader.getResource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))
                    .isNull();
        }
    }

    private static TransportClassLoader loader(Path jar) {
        return new TransportClassLoader("t", List.of(jar), TransportClassLoaderTest.class.getClassLoader());
    }

    private static String check(TransportRegistry registry, String name) throws Exception {
        LoadedFactory factory = registry.find(name).orElseThrow();
        TransportContext context = new TransportContext(
                "agent", "1", "nowhere", factory.options().parse(Map.of()), Format.BATCH, Compression.NONE, 1);
        try (Transport transport = factory.create(context)) {
            return transport.check();
        }
    }
}
