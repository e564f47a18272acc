package dev.logagent.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.encode.Format;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.KafkaBroker;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport as the agent loads it: in a class loader of its own, below a context class loader that knows nothing. */
final class KafkaClassLoaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256"})
    void worksInAClassLoaderOfItsOwn(String mechanism) throws Exception {
        TestCluster cluster = TestCluster.get();
        String topic = cluster.newTopic();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (OwnFolder folder = new OwnFolder()) {
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            TransportFactory factory = ServiceLoader.load(TransportFactory.class, folder)
                    .iterator()
                    .next();
            Map<String, Object> options = Map.of(
                    "topic",
                    topic,
                    "sasl_mechanism",
                    mechanism,
                    "username",
                    KafkaBroker.USER,
                    "password",
                    KafkaBroker.PASSWORD);
            try (Transport transport = factory.create(new TransportContext(
                    "agent1",
                    "1.0",
                    cluster.broker().passwordAddress(),
                    factory.options().parse(options),
                    Format.EVENT,
                    Compression.GZIP,
                    4))) {
                assertThat(factory.getClass().getClassLoader()).isSameAs(folder);
                assertThat(transport.send(Batches.of("app1", "one"))).isEqualTo(SendResult.delivered());
                assertThat(transport.check()).contains(topic);
            }
            assertThat(thread.getContextClassLoader()).isSameAs(ClassLoader.getPlatformClassLoader());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The module's classes and the jar of its only library; the agent's API and SLF4J come from the agent. */
    private static final class OwnFolder extends URLClassLoader {

        OwnFolder() {
            super(urls(), ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.logagent.api.") || name.startsWith("org.slf4j.")) {
                return KafkaClassLoaderTest.class.getClassLoader().loadClass(name);
            }
            return super.findClass(name);
        }

        private static URL[] urls() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(path -> path.endsWith(Path.of("transport-kafka", "target", "classes"))
                            || path.getFileName().toString().startsWith("kafka-clients-"))
                    .map(OwnFolder::url)
                    .toArray(URL[]::new);
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
