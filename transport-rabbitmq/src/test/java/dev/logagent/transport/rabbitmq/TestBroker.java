package dev.logagent.transport.rabbitmq;

import dev.logagent.testkit.RabbitBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One broker for all tests of the module, stopped after the last one: an extension that gives it to who asks. */
final class TestBroker implements ParameterResolver {

    /** Virtual hosts, so that tests with fixed names do not meet. */
    static final String TOPOLOGY_A = "a";

    static final String TOPOLOGY_B = "b";

    /** A virtual host without any exchange or queue of its own. */
    static final String EMPTY = "empty";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestBroker.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RabbitBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(RabbitBroker.class, type -> start(), RabbitBroker.class);
    }

    /** An empty folder that goes with the next {@code mvn clean}. */
    static Path newFolder() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        return Files.createTempDirectory(target, "rabbitmq");
    }

    private static RabbitBroker start() {
        try {
            return RabbitBroker.start(newFolder(), List.of(TOPOLOGY_A, TOPOLOGY_B, EMPTY));
        } catch (IOException e) {
            throw new IllegalStateException("no broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("no broker", e);
        }
    }
}
