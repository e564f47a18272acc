package dev.logagent.transport.rabbitmq;

import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the exchange and the routing key of each event: the first rule that is for it says, else the base. Immutable. */
final class Router {

    private final List<Rule> rules;
    private final Route base;
    private final boolean endless;

    private Router(List<Rule> rules, Route base) {
        this.rules = List.copyOf(rules);
        this.base = base;
        this.endless = !base.key.isSameWithinRunAndLevel()
                || rules.stream().anyMatch(rule -> !rule.route.key.isSameWithinRunAndLevel());
    }

    /**
     * What the options say.
     *
     * @param problems gets rules that make no sense
     */
    static Router from(Options options, String agentName, Consumer<OptionProblem> problems) {
        String baseKey = options.optionalString("routing_key").orElse(RabbitOptions.ROUTING_KEY);
        List<Rule> rules = new ArrayList<>();
        for (Options table : options.tables("rules")) {
            EventFilter filter = EventFilter.from(table);
            if (filter.takesAll()) {
                problems.accept(new OptionProblem(
                        List.of("rules", Integer.toString(rules.size())),
                        OptionProblem.Place.TABLE,
                        "a rule needs a condition: levels, sources, services, components, regions or tags",
                        "for all other events, use exchange and routing_key outside the rules"));
            }
            String key = table.optionalString("routing_key").orElse(baseKey);
            rules.add(new Rule(filter, new Route(table.string("exchange"), RoutingKey.parse(key, agentName))));
        }
        return new Router(rules, new Route(options.string("exchange"), RoutingKey.parse(baseKey, agentName)));
    }

    /** Everything to one target. */
    static Router constant(String exchange, String routingKey) {
        return new Router(List.of(), new Route(exchange, RoutingKey.parse(routingKey, "")));
    }

    /** A view for the events of one batch, in their order; confined to one thread. */
    Cursor cursor() {
        return new Cursor();
    }

    private Target find(LogEvent event) {
        for (Rule rule : rules) {
            if (rule.filter.matches(event)) {
                return rule.route.of(event);
            }
        }
        return base.of(event);
    }

    /** Remembers the targets of the current run: most lines of a run share theirs with another line. */
    final class Cursor {

        private final Map<Level, Target> known = new EnumMap<>(Level.class);
        private @Nullable LineRun run;

        Target target(LogEvent event) {
            if (endless || event.run().parsed() != null) {
                return find(event);
            }
            if (event.run() != run) {
                run = event.run();
                known.clear();
            }
            return known.computeIfAbsent(event.level(), level -> find(event));
        }
    }

    private record Rule(EventFilter filter, Route route) {}

    private record Route(String exchange, RoutingKey key) {
        Target of(LogEvent event) {
            return new Target(exchange, key.of(event));
        }
    }
}
