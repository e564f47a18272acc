package dev.logagent.transport.rabbitmq;

import dev.logagent.api.Level;
import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.template.Template;
import dev.logagent.api.tls.Tls;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@code [transport.rabbitmq]}. */
final class RabbitOptions {

    /** What {@code routing_key} is when it is not given, for messages of one event. */
    static final String ROUTING_KEY = "logs.{level}.{service}";

    /** What {@code routing_key} is when it is not given, for messages of a whole batch. */
    static final String BATCH_ROUTING_KEY = "logs.batch.{agent}";

    private static final OptionTable RULE = OptionTable.of(
            OptionSpec.list("levels")
                    .checkedBy(RabbitOptions::checkLevels)
                    .doc("The rule is for events of one of these levels."),
            OptionSpec.list("sources").doc("The rule is for events of one of these sources; * stands for anything."),
            OptionSpec.list("services").doc("The rule is for events of one of these services; * stands for anything."),
            OptionSpec.list("components")
                    .doc("The rule is for events of one of these components; * stands for anything."),
            OptionSpec.list("regions").doc("The rule is for events of one of these regions; * stands for anything."),
            OptionSpec.map("tags").doc("The rule is for events with all of these tags; * stands for anything."),
            exchange().require().doc("Where the events of the rule go."),
            exchangeType().doc("The type to make that exchange with, when declare is on and it does not exist."),
            routingKey().doc("The routing key of the events of the rule; the one outside the rules if not given."));

    private static final OptionTable QUEUE = OptionTable.of(
            shortString("name").range(1, 255).require().doc("The queue's name."),
            OptionSpec.bool("durable").defaultsTo(true).doc("Whether the queue survives a restart of the broker."),
            OptionSpec.map("arguments")
                    .doc("The queue's arguments, as in { x-message-ttl = \"60000\" }; whole numbers, true and false"
                            + " are sent as such."));

    private static final OptionTable BINDING = OptionTable.of(
            shortString("queue").range(1, 255).require().doc("The queue to bind."),
            exchange().doc("The exchange to bind it to; the one outside the rules if not given."),
            OptionSpec.list("routing_keys")
                    .checkedBy(value -> ((List<?>) value)
                            .stream()
                                    .map(key -> checkShort("routing_keys", key))
                                    .filter(problem -> problem != null)
                                    .findFirst()
                                    .orElse(null))
                    .doc("The routing keys, or patterns of them, to bind it with; the empty one if none is given."));

    static final OptionTable TABLE = OptionTable.of(
            exchange()
                    .defaultsTo("logs")
                    .doc("The exchange to publish to; empty for the default exchange, which takes"
                            + " the routing key for the name of a queue."),
            exchangeType().doc("The type to make the exchange with, when declare is on and it does not exist."),
            routingKey()
                    .doc(
                            "The routing key, a template over the keys of the event; logs.{level}.{service} if not given,"
                                    + " logs.batch.{agent} with format = \"batch\". Each value becomes one word in lower case."),
            OptionSpec.tables("rules", RULE)
                    .doc(
                            "Other exchanges or routing keys for some events: the first rule that is for an event counts."),
            OptionSpec.bool("declare")
                    .defaultsTo(false)
                    .doc("Make what does not exist yet: the exchanges, queues and bindings. What exists is used as it"
                            + " is."),
            OptionSpec.tables("queues", QUEUE).doc("Queues to make when declare is on."),
            OptionSpec.tables("bindings", BINDING).doc("Bindings to make when declare is on."),
            OptionSpec.bool("mandatory")
                    .defaultsTo(true)
                    .doc("Whether a message that no queue is bound for comes back, and its event goes to the dead"
                            + " letters; otherwise the broker drops it without a word."),
            OptionSpec.bool("persistent")
                    .defaultsTo(true)
                    .doc("Whether the broker writes messages to disk before it confirms them."),
            shortString("content_type")
                    .range(1, 255)
                    .doc("The content type of the messages; application/json if not given, text/plain with format ="
                            + " \"raw\"."),
            shortString("app_id")
                    .range(1, 255)
                    .doc("The application id of the messages; the agent's name if not given."),
            OptionSpec.map("headers")
                    .checkedBy(RabbitOptions::checkHeaders)
                    .doc("Headers of the messages, by name; their values are templates over the keys of the event."),
            OptionSpec.integer("max_channels")
                    .range(1, 64)
                    .defaultsTo(4L)
                    .doc("How many batches are published at once, each on a channel of its own, over the one"
                            + " connection."),
            OptionSpec.integer("confirm_window")
                    .range(1, 65_535)
                    .defaultsTo(1_000L)
                    .doc("How many messages of a channel may wait for the broker's confirm at once."),
            OptionSpec.integer("confirm_timeout_ms")
                    .range(1, 3_600_000)
                    .defaultsTo(30_000L)
                    .doc("How long to wait without a single confirm coming, in milliseconds, before the rest of a batch"
                            + " is sent again; also while the broker blocks publishers."),
            OptionSpec.integer("connect_timeout_ms")
                    .range(1, 600_000)
                    .defaultsTo(5_000L)
                    .doc("How long one host may take to accept a connection, and for each answer until messages can be"
                            + " sent, in milliseconds."),
            OptionSpec.integer("heartbeat_secs")
                    .range(1, 3_600)
                    .defaultsTo(10L)
                    .doc("After twice that time of silence, in seconds, a connection counts as lost."),
            OptionSpec.string("username").range(1, 1_000).doc("The user, instead of one in end_point; needs password."),
            OptionSpec.string("password").asSecret().doc("The user's password; needs username."),
            Tls.CA,
            Tls.CERT,
            Tls.KEY,
            Tls.INSECURE);

    private RabbitOptions() {}

    /** The level of that name, which the option's check has let pass. */
    static Level level(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Level.valueOf(upper.equals("WARN") ? "WARNING" : upper);
    }

    private static OptionSpec exchange() {
        return shortString("exchange");
    }

    private static OptionSpec exchangeType() {
        return shortString("exchange_type").range(1, 255).defaultsTo("topic");
    }

    private static OptionSpec routingKey() {
        return OptionSpec.string("routing_key").range(0, 1_000).checkedBy(value -> {
            try {
                RoutingKey.parse((String) value, "");
                return null;
            } catch (IllegalArgumentException e) {
                return "'routing_key' cannot be used: " + e.getMessage();
            }
        });
    }

    /** A string that AMQP carries with a length of one byte. */
    private static OptionSpec shortString(String key) {
        return OptionSpec.string(key).checkedBy(value -> checkShort(key, value));
    }

    private static @Nullable String checkShort(String key, @Nullable Object value) {
        int length = String.valueOf(value).getBytes(StandardCharsets.UTF_8).length;
        return length <= 255 ? null : "'" + key + "' must have at most 255 bytes in UTF-8, found " + length;
    }

    private static @Nullable String checkLevels(Object value) {
        for (Object name : (List<?>) value) {
            try {
                level((String) name);
            } catch (IllegalArgumentException e) {
                return "'levels' must hold words out of "
                        + String.join(
                                ", ",
                                Arrays.stream(Level.values()).map(Level::name).toList()) + ", found '"
                        + name + "'";
            }
        }
        return null;
    }

    private static @Nullable String checkHeaders(Object value) {
        for (Map.Entry<?, ?> header : ((Map<?, ?>) value).entrySet()) {
            String problem = checkShort("headers", header.getKey());
            if (problem != null) {
                return problem;
            }
            try {
                Template.parse((String) header.getValue(), "");
            } catch (IllegalArgumentException e) {
                return "header '" + header.getKey() + "' cannot be used: " + e.getMessage();
            }
        }
        return null;
    }
}
