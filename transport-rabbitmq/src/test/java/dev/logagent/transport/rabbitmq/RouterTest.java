package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.LogEvent;
import dev.logagent.api.option.OptionProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouterTest {

    private static final List<LogEvent> EVENTS = new Events()
            .add("shop", "orders", "ERROR 1")
            .add("shop", "orders", "INFO 2")
            .add("shop-eu", "carts", "ERROR 3")
            .batch()
            .events();

    @Test
    void sendsEverythingToTheBaseWithoutRules() throws Exception {
        assertThat(targets(Map.of()))
                .containsExactly("logs logs.error.shop", "logs logs.info.shop", "logs logs.error.shop-eu");
    }

    @Test
    void letsTheFirstRuleWin() throws Exception {
        assertThat(targets(Map.of(
                        "routing_key",
                        "base",
                        "rules",
                        List.of(
                                Map.of("levels", "error", "services", "shop", "exchange", "one"),
                                Map.of("levels", List.of("ERROR"), "exchange", "two", "routing_key", "{component}")))))
                .containsExactly("one base", "logs base", "two carts");
    }

    @Test
    void takesAStarForAnythingAndIgnoresCase() throws Exception {
        assertThat(targets(
                        Map.of("routing_key", "k", "rules", List.of(Map.of("services", "SHOP-*", "exchange", "eu")))))
                .containsExactly("logs k", "logs k", "eu k");
    }

    @Test
    void comparesEveryConditionOfARule() throws Exception {
        Map<String, Object> rule = Map.of(
                "sources", "shop-*",
                "components", "orders",
                "regions", List.of("us-*", "eu-west"),
                "tags", Map.of("team", "b*"),
                "exchange", "all");

        assertThat(targets(Map.of("routing_key", "k", "rules", List.of(rule))))
                .containsExactly("all k", "all k", "logs k");
        assertThat(targets(Map.of("rules", List.of(Map.of("tags", Map.of("none", "*"), "exchange", "x")))))
                .allMatch(target -> target.startsWith("logs "));
    }

    @Test
    void makesAKeyForEveryEventWhereTheTemplateWantsIt() throws Exception {
        assertThat(targets(Map.of("routing_key", "{message}")))
                .containsExactly("logs error_1", "logs info_2", "logs error_3");
    }

    private static List<String> targets(Map<String, Object> options) throws Exception {
        List<OptionProblem> problems = new ArrayList<>();
        Router.Cursor cursor = Router.from(RabbitOptions.TABLE.parse(options), "agent1", problems::add)
                .cursor();
        assertThat(problems).isEmpty();
        return EVENTS.stream()
                .map(cursor::target)
                .map(target -> target.exchange() + " " + target.routingKey())
                .toList();
    }
}
