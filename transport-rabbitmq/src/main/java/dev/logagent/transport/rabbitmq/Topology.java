package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges that events go to, and what is to be made for those who want it made. What exists is never declared
 * again, since the broker would close the channel over any difference. Immutable.
 *
 * @param declare whether to make what does not exist
 * @param exchanges their types by name; without the default exchange
 */
record Topology(boolean declare, Map<String, String> exchanges, List<Queue> queues, List<Binding> bindings) {

    /** @param arguments as AMQP carries them */
    record Queue(String name, boolean durable, Map<String, Object> arguments) {}

    record Binding(String queue, String exchange, String routingKey) {}

    /** A step that may close its channel. */
    private interface Step {
        void on(Channel channel) throws IOException;
    }

    /**
     * What the options say.
     *
     * @param problems gets what makes no sense
     */
    static Topology from(Options options, Consumer<OptionProblem> problems) {
        boolean declare = options.bool("declare");
        String base = options.string("exchange");
        Map<String, String> exchanges = new LinkedHashMap<>();
        exchanges.put(base, options.string("exchange_type"));
        options.tables("rules")
                .forEach(rule -> exchanges.putIfAbsent(rule.string("exchange"), rule.string("exchange_type")));
        List<Queue> queues = new ArrayList<>();
        for (Options table : options.tables("queues")) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            table.map("arguments").forEach((name, value) -> arguments.put(name, argument(value)));
            queues.add(new Queue(table.string("name"), table.bool("durable"), arguments));
        }
        List<Binding> bindings = new ArrayList<>();
        for (Options table : options.tables("bindings")) {
            String exchange = table.optionalString("exchange").orElse(base);
            List<String> keys = table.list("routing_keys");
            for (String key : keys.isEmpty() ? List.of("") : keys) {
                bindings.add(new Binding(table.string("queue"), exchange, key));
            }
        }
        for (String key : List.of("queues", "bindings")) {
            if (!declare && !options.tables(key).isEmpty()) {
                problems.accept(new OptionProblem(
                        List.of(key), OptionProblem.Place.KEY, "'" + key + "' needs declare = true", null));
            }
        }
        exchanges.remove("");
        return new Topology(declare, Map.copyOf(exchanges), List.copyOf(queues), List.copyOf(bindings));
    }

    /**
     * Makes what is missing, if that is wanted.
     *
     * @return the exchanges that cannot be used, with the reason
     * @throws IOException if the broker refuses to make something
     */
    Map<String, String> establish(Connection connection) throws IOException {
        Map<String, String> unusable = new LinkedHashMap<>();
        for (String exchange : exchanges.keySet()) {
            String reason = problemOf(connection, exchange);
            if (reason != null) {
                unusable.put(exchange, reason);
            }
        }
        if (declare) {
            for (Queue queue : queues) {
                Failure failure = failureOf(connection, channel -> channel.queueDeclarePassive(queue.name));
                if (failure != null && failure.code() == AMQP.NOT_FOUND) {
                    must(
                            connection,
                            channel -> channel.queueDeclare(queue.name, queue.durable, false, false, queue.arguments));
                }
            }
            for (Binding binding : bindings) {
                must(connection, channel -> channel.queueBind(binding.queue, binding.exchange, binding.routingKey));
            }
        }
        return unusable;
    }

    /** Why an exchange cannot be used, or null when it can; makes it if that is wanted. */
    @Nullable String problemOf(Connection connection, String exchange) throws IOException {
        Failure failure = passiveFailure(connection, exchange);
        if (failure == null) {
            return null;
        }
        if (declare && failure.code() == AMQP.NOT_FOUND) {
            must(
                    connection,
                    channel -> channel.exchangeDeclare(exchange, exchanges.getOrDefault(exchange, "topic"), true));
            return null;
        }
        return failure.code() == AMQP.NOT_FOUND
                ? "there is no exchange '" + exchange + "'; create it, or set declare = true"
                : failure.text();
    }

    /** Why an exchange cannot be looked at, or null when it is there. */
    static @Nullable Failure passiveFailure(Connection connection, String exchange) throws IOException {
        return failureOf(connection, channel -> channel.exchangeDeclarePassive(exchange));
    }

    /** Why the broker refuses a step, or null when it does not. */
    private static @Nullable Failure failureOf(Connection connection, Step step) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no more channels");
        }
        try {
            step.on(channel);
            channel.abort();
            return null;
        } catch (IOException e) {
            Failure failure = Failure.of(e);
            if (failure.code() == 0 || !connection.isOpen()) {
                throw e;
            }
            return failure;
        }
    }

    private static void must(Connection connection, Step step) throws IOException {
        Failure failure = failureOf(connection, step);
        if (failure != null) {
            throw new RefusedException(failure.text());
        }
    }

    private static Object argument(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(text) : text;
    }
}
