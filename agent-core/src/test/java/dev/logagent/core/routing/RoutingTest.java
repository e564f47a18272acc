package dev.logagent.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.RouteConfig;
import dev.logagent.core.config.SovereigntyConfig;
import dev.logagent.core.config.SovereigntyConfig.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoutingTest {

    private static final GlobalConfig DELIVERY = new GlobalConfig(
            "a",
            1,
            1,
            Duration.ZERO,
            1,
            Duration.ZERO,
            1,
            1,
            Path.of("state"),
            GlobalConfig.Ordering.SOURCE,
            1024,
            Duration.ZERO);

    private static final OutputConfig DEFAULT = new OutputConfig(OutputConfig.DEFAULT_NAME, DELIVERY, Set.of("us"));
    private static final OutputConfig EU = new OutputConfig("eu", DELIVERY, Set.of("eu"));
    private static final OutputConfig US = new OutputConfig("us", DELIVERY, Set.of("us"));
    private static final Rule EU_STAYS = new Rule("eu", null, Set.of("eu"));

    private static final SourceInfo OF_EU = new SourceInfo("app", null, null, null, "eu", null, Map.of());
    private static final SourceInfo OF_US = new SourceInfo("web", null, null, null, "us", null, Map.of());

    @Test
    void sendsEverythingToTheDefaultOutputWithoutRoutes() {
        Routing routing = routing(List.of());

        assertThat(routing.routed(OF_EU, Level.INFO)).containsExactly("default");
        assertThat(routing.levelsFor(OF_EU, DEFAULT)).containsExactly(Level.values());
        assertThat(routing.levelsFor(OF_EU, EU)).isEmpty();
    }

    @Test
    void sendsToTheDefaultOutputWhatNoRouteTakes() {
        Routing routing = routing(List.of(route(Set.of("app"), Set.of(Level.ERROR), Set.of("eu"), false)));

        assertThat(routing.routed(OF_EU, Level.ERROR)).containsExactly("eu");
        assertThat(routing.routed(OF_EU, Level.INFO)).containsExactly("default");
        assertThat(routing.routed(OF_US, Level.ERROR)).containsExactly("default");
        assertThat(routing.levelsFor(OF_EU, EU)).containsExactly(Level.ERROR);
        assertThat(routing.levelsFor(OF_EU, DEFAULT))
                .doesNotContain(Level.ERROR)
                .hasSize(5);
    }

    @Test
    void stopsAtTheFirstRouteThatDoesNotGoOn() {
        Routing routing = routing(List.of(
                route(Set.of(), Set.of(), Set.of("eu"), true),
                route(Set.of("web"), Set.of(), Set.of("us"), false),
                route(Set.of(), Set.of(), Set.of("default"), false)));

        assertThat(routing.routed(OF_EU, Level.INFO)).containsExactlyInAnyOrder("eu", "default");
        assertThat(routing.routed(OF_US, Level.INFO)).containsExactlyInAnyOrder("eu", "us");
    }

    @Test
    void neverSendsAcrossABorderWhateverTheRoutesSay() {
        Routing routing = routing(List.of(route(Set.of(), Set.of(), Set.of("eu", "us"), false)), EU_STAYS);

        assertThat(routing.levelsFor(OF_EU, EU)).hasSize(6);
        assertThat(routing.levelsFor(OF_EU, US)).isEmpty();
        assertThat(routing.levelsFor(OF_US, US)).hasSize(6);
        assertThat(routing.stranded(OF_EU)).isEmpty();
    }

    @Test
    void findsEventsThatCouldGoNowhere() {
        Routing routing =
                routing(List.of(route(Set.of(), Set.of(Level.ERROR, Level.CRITICAL), Set.of("eu"), false)), EU_STAYS);

        assertThat(routing.stranded(OF_EU))
                .as("the rest is for the default output, which is in us")
                .containsExactly(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARNING);
        assertThat(routing.stranded(OF_US)).isEmpty();
    }

    private static Routing routing(List<RouteConfig> routes, Rule... rules) {
        return new Routing(routes, List.of(DEFAULT, EU, US), new SovereigntyConfig(List.of(rules)));
    }

    private static RouteConfig route(Set<String> sources, Set<Level> levels, Set<String> outputs, boolean goesOn) {
        return new RouteConfig(sources, levels, Set.of(), Set.of(), Map.of(), outputs, goesOn);
    }
}
