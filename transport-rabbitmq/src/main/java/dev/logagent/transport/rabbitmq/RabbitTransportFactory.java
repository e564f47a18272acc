package dev.logagent.transport.rabbitmq;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.Options;
import dev.logagent.api.template.Template;
import dev.logagent.api.tls.Tls;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the transport {@code rabbitmq}: one confirmed message for each event. */
public final class RabbitTransportFactory implements TransportFactory {

    private static final Logger LOG = LoggerFactory.getLogger(RabbitTransportFactory.class);

    /** As many as a window of confirms; more gains nothing. */
    private static final int GROWN_BATCH_SIZE = 1_000;

    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public String summary() {
        return "Publishes each event as one confirmed message to an exchange of RabbitMQ (AMQP 0-9-1).";
    }

    @Override
    public OptionTable options() {
        return RabbitOptions.TABLE;
    }

    @Override
    public Format defaultFormat() {
        return Format.EVENT;
    }

    @Override
    public int grownBatchSize(Format format) {
        return format == Format.BATCH ? 0 : GROWN_BATCH_SIZE;
    }

    @Override
    public Transport create(TransportContext context) throws InvalidOptionsException {
        List<OptionProblem> problems = new ArrayList<>();
        Options options = context.options();
        EndPoint endPoint = endPoint(context.endPoint(), problems::add);
        checkCredentials(options, endPoint, problems::add);
        Tls tls = Tls.from(options, problems::add);
        Topology topology = Topology.from(options, problems::add);
        Router router = router(context, problems::add);
        if (context.compression() != Compression.NONE) {
            problems.add(problem("compression", "'compression' must be none: consumers expect messages as they are"));
        }
        if (endPoint == null || !problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
        if (endPoint.tls() && tls != null && !tls.verified()) {
            LOG.warn(
                    "tls_insecure is on: whoever answers for {} is believed, and can read and change the logs",
                    endPoint.hosts());
        }
        RabbitSettings settings =
                RabbitSettings.from(options, context.maxConcurrentSends(), "log-agent " + context.agentName());
        Connector connector = new Connector(
                endPoint,
                credential(options.optionalString("username").orElse(null), endPoint.user()),
                credential(options.optionalString("password").orElse(null), endPoint.password()),
                tls,
                settings,
                context.agentVersion());
        return new RabbitTransport(
                new MessageMaker(context, router),
                new Sessions(connector, settings, topology),
                topology,
                endPoint.virtualHost());
    }

    private static @Nullable EndPoint endPoint(String text, Consumer<OptionProblem> problems) {
        try {
            return EndPoint.parse(text);
        } catch (IllegalArgumentException e) {
            problems.accept(problem("end_point", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static void checkCredentials(
            Options options, @Nullable EndPoint endPoint, Consumer<OptionProblem> problems) {
        if (options.has("username") != options.has("password")) {
            String given = options.has("username") ? "username" : "password";
            String missing = options.has("username") ? "password" : "username";
            problems.accept(problem(given, "'" + given + "' needs '" + missing + "' too"));
        }
        if (endPoint != null && endPoint.user() != null && options.has("username")) {
            problems.accept(problem("username", "'end_point' names a user already; name one only"));
        }
    }

    /** The broker's own user for trying out, who may only come from the same host, if there is no other. */
    private static String credential(@Nullable String option, @Nullable String ofEndPoint) {
        return option != null ? option : ofEndPoint != null ? ofEndPoint : "guest";
    }

    /** A message of a whole batch has one routing key for events of all kinds. */
    private static Router router(TransportContext context, Consumer<OptionProblem> problems) {
        Options options = context.options();
        if (context.format() != Format.BATCH) {
            return Router.from(options, context.agentName(), problems);
        }
        if (!options.tables("rules").isEmpty()) {
            problems.accept(problem("rules", "'rules' need a message for each event: format = \"event\" or \"raw\""));
        }
        RoutingKey key = RoutingKey.parse(
                options.optionalString("routing_key").orElse(RabbitOptions.BATCH_ROUTING_KEY), context.agentName());
        if (!key.isConstant()) {
            problems.accept(problem(
                    "routing_key",
                    "'routing_key' must be the same for all events of a batch with format = \"batch\"; {agent} is all"
                            + " that it can hold"));
        }
        options.map("headers").forEach((name, value) -> {
            if (!Template.parse(value, context.agentName()).isConstant()) {
                problems.accept(problem(
                        "headers",
                        "header '" + name + "' must be the same for all events of a batch with format = \"batch\""));
            }
        });
        return Router.constant(options.string("exchange"), key.constant());
    }

    private static OptionProblem problem(String key, String message) {
        return new OptionProblem(List.of(key), OptionProblem.Place.VALUE, message, null);
    }
}
