package dev.logagent.dist.config;

import dev.logagent.api.Batch;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Two transports that do nothing, with options of every type. */
final class TestTransports implements Transports {

    private static final OptionTable RULE =
            OptionTable.of(OptionSpec.string("when").require(), OptionSpec.string("then"));

    private static final OptionTable HTTP = OptionTable.of(
            OptionSpec.integer("request_timeout_ms").range(1, 600_000).defaultsTo(30_000L),
            OptionSpec.string("username"),
            OptionSpec.string("pin").asSecret().range(4, 8).doc("Not shown."),
            OptionSpec.string("password").asSecret(),
            OptionSpec.map("headers"),
            OptionSpec.list("no_proxy"),
            OptionSpec.bool("keep_alive").defaultsTo(true),
            OptionSpec.tables("rules", RULE));

    private static final OptionTable KAFKA = OptionTable.of(
            OptionSpec.string("topic").require().doc("Where records go."),
            OptionSpec.oneOf("acks", "all", "1").defaultsTo("all"));

    @Override
    public Optional<TransportFactory> find(String name) {
        return name.equalsIgnoreCase("http")
                ? Optional.of(new Factory("http", HTTP))
                : name.equalsIgnoreCase("kafka") ? Optional.of(new Factory("kafka", KAFKA)) : Optional.empty();
    }

    @Override
    public List<String> names() {
        return List.of("http", "kafka");
    }

    @Override
    public List<Path> searched() {
        return List.of(Path.of("/opt/log-agent/transports"));
    }

    private record Factory(String name, OptionTable options) implements TransportFactory {

        @Override
        public String summary() {
            return "Sends nothing.";
        }

        @Override
        public Transport create(TransportContext context) throws InvalidOptionsException {
            if (name.equals("http") && !context.endPoint().startsWith("http")) {
                throw new InvalidOptionsException(
                        "end_point", "'end_point' must begin with http:// or https://, found " + context.endPoint());
            }
            if (context.endPoint().startsWith("plain:") && context.compression() != Compression.NONE) {
                throw new InvalidOptionsException("compression", "'compression' must be none");
            }
            if (context.options().table() == HTTP
                    && context.options().optionalString("username").isPresent()
                    && context.options().optionalString("password").isEmpty()) {
                throw new InvalidOptionsException("username", "'username' needs 'password'");
            }
            return new Silent();
        }
    }

    private record Silent() implements Transport {

        @Override
        public SendResult send(Batch batch) {
            return SendResult.delivered();
        }

        @Override
        public String check() {
            return "fine";
        }

        @Override
        public void close() {}
    }
}
