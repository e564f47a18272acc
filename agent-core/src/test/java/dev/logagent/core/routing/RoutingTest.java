package dev.logagent.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.DiscoveryConfig;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.OutputConfig.Parsing;
import dev.logagent.core.config.RouteConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SovereigntyConfig;
import dev.logagent.core.config.SovereigntyConfig.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    private static final OutputConfig PARSED = new OutputConfig("parsed", DELIVERY, Set.of("us"), Parsing.ALWAYS);
    private static final Rule EU_STAYS = new Rule("eu", null, Set.of("eu"));

    private static final Set<Level> ALL = EnumSet.allOf(Level.class);

    private static final SourceConfig OF_EU = source("app", null, "eu");
    private static final SourceConfig OF_US = source("web", null, "us");

    @Test
    void sendsEverythingToTheDefaultOutputWithoutRoutes() {
        Routing routing = routing(List.of());

        assertThat(routing.routed(OF_EU, Set.of(Level.INFO))).containsExactly("default");
        assertThat(routing.share(OF_EU, DEFAULT).isEverything()).isTrue();
        assertThat(routing.share(OF_EU, EU).isNothing()).isTrue();
    }

    @Test
    void findsWhatWouldBeStrandedOfSourcesThatAreYetToBeFound() {
        SourceInfo ofUs = new SourceInfo(DiscoveryConfig.NAME, null, null, null, "us", null, Map.of());
        SourceConfig found = SourceConfig.discovered(ofUs, SourceConfig.StartAt.END, DiscoveryConfig.DEFAULTS);
        Rule usStays = new Rule("us", null, Set.of("us"));
        RouteConfig toEu = route(Set.of("nginx*"), Set.of(Level.ERROR), Set.of("eu"), false);
        Routing routing = new Routing(List.of(toEu), List.of(DEFAULT, EU), new SovereigntyConfig(List.of(usStays)));

        assertThat(routing.stranded(found)).containsExactly(Level.ERROR);
        assertThat(routing.routed(found, Set.of(Level.ERROR))).containsExactlyInAnyOrder("default", "eu");
        assertThat(routing.stranded(OF_US)).isEmpty();
    }

    @Test
    void sendsToTheDefaultOutputWhatNoRouteTakes() {
        Routing routing = routing(List.of(route(Set.of("app"), Set.of(Level.ERROR), Set.of("eu"), false)));

        assertThat(routing.routed(OF_EU, Set.of(Level.ERROR))).containsExactly("eu");
        assertThat(routing.routed(OF_EU, Set.of(Level.INFO))).containsExactly("default");
        assertThat(routing.routed(OF_US, Set.of(Level.ERROR))).containsExactly("default");
        assertThat(routing.share(OF_EU, EU)).isEqualTo(new Share(Map.of(), Set.of(Level.ERROR)));
        assertThat(routing.share(OF_EU, DEFAULT))
                .isEqualTo(new Share(Map.of(), EnumSet.complementOf(EnumSet.of(Level.ERROR))));
    }

    @Test
    void stopsAtTheFirstRouteThatDoesNotGoOn() {
        Routing routing = routing(List.of(
                route(Set.of(), Set.of(), Set.of("eu"), true),
                route(Set.of("web"), Set.of(), Set.of("us"), false),
                route(Set.of(), Set.of(), Set.of("default"), false)));

        assertThat(routing.routed(OF_EU, Set.of(Level.INFO))).containsExactlyInAnyOrder("eu", "default");
        assertThat(routing.routed(OF_US, Set.of(Level.INFO))).containsExactlyInAnyOrder("eu", "us");
    }

    @Test
    void neverSendsAcrossABorderWhateverTheRoutesSay() {
        Routing routing = routing(List.of(route(Set.of(), Set.of(), Set.of("eu", "us"), false)), EU_STAYS);

        assertThat(routing.share(OF_EU, EU).isEverything()).isTrue();
        assertThat(routing.share(OF_EU, US).isNothing()).isTrue();
        assertThat(routing.share(OF_US, US).isEverything()).isTrue();
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

    @Test
    void comparesTheServicesThatLinesNameWhereAnyOutputHasThemParsed() {
        RouteConfig sshd =
                new RouteConfig(Set.of(), Set.of(), Set.of("sshd"), Set.of(), Map.of(), Set.of("parsed"), false);
        Routing routing = new Routing(List.of(sshd), List.of(DEFAULT, PARSED), SovereigntyConfig.NONE);

        assertThat(routing.share(OF_US, PARSED)).isEqualTo(new Share(Map.of("sshd", ALL, "", Set.of()), Set.of()));
        assertThat(routing.share(OF_US, DEFAULT)).isEqualTo(new Share(Map.of("sshd", Set.of(), "", ALL), ALL));
        assertThat(routing.routed(OF_US, Set.of(Level.INFO))).containsExactlyInAnyOrder("parsed", "default");
        SourceConfig configured = source("auth", "sshd", "us");
        assertThat(routing.share(configured, PARSED)).isEqualTo(new Share(Map.of(), ALL));
        assertThat(routing.share(configured, DEFAULT).isNothing()).isTrue();
    }

    @Test
    void findsStrandedEventsOfServicesThatOnlyLinesName() {
        RouteConfig sshd = new RouteConfig(
                Set.of(), Set.of(Level.ERROR), Set.of("sshd"), Set.of(), Map.of(), Set.of("parsed"), false);
        RouteConfig rest = route(Set.of(), Set.of(), Set.of("eu"), false);
        Routing routing = new Routing(
                List.of(sshd, rest), List.of(DEFAULT, EU, PARSED), new SovereigntyConfig(List.of(EU_STAYS)));

        assertThat(routing.stranded(OF_EU)).containsExactly(Level.ERROR);
    }

    @Test
    void allOutputsJudgeLinesByTheParserOfTheOneThatParsesMost() {
        assertThat(routing(List.of()).parser(OF_EU)).isEqualTo("plain");
        assertThat(new Routing(List.of(), List.of(DEFAULT, PARSED), SovereigntyConfig.NONE).parser(OF_EU))
                .isEqualTo("auto");
    }

    private static Routing routing(List<RouteConfig> routes, Rule... rules) {
        return new Routing(routes, List.of(DEFAULT, EU, US), new SovereigntyConfig(List.of(rules)));
    }

    private static SourceConfig source(String name, @Nullable String service, String region) {
        return new SourceConfig(
                new SourceInfo(name, service, null, null, region, null, Map.of()),
                List.of("/" + name + ".log"),
                List.of(),
                Duration.ZERO,
                SourceConfig.StartAt.END);
    }

    private static RouteConfig route(Set<String> sources, Set<Level> levels, Set<String> outputs, boolean goesOn) {
        return new RouteConfig(sources, levels, Set.of(), Set.of(), Map.of(), outputs, goesOn);
    }
}
