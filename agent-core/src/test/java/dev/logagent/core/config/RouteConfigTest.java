package dev.logagent.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Level;
import dev.logagent.api.SourceInfo;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteConfigTest {

    private static final SourceInfo SHOP =
            new SourceInfo("shop-1", "checkout", null, null, "eu", null, Map.of("env", "prod", "team", "a"));

    @ParameterizedTest
    @CsvSource({
        "shop-1, true",
        "shop, false",
        "shop*, true",
        "*, true",
        "*-1, true",
        "s*p*1, true",
        "*-2, false",
        "shop-1*, true",
        "*shop*1*, true",
        "op*, false",
        "Shop-1, false",
    })
    void comparesNamesOfSourcesWithPatterns(String pattern, boolean matches) {
        assertThat(RouteConfig.isLike("shop-1", pattern)).isEqualTo(matches);
        assertThat(route(Set.of("other", pattern), Set.of(), Set.of(), Set.of(), Map.of())
                        .matches(SHOP, "checkout", Level.INFO))
                .isEqualTo(matches);
    }

    @Test
    void takesEverythingWithoutConditions() {
        assertThat(route(Set.of(), Set.of(), Set.of(), Set.of(), Map.of()).matches(SHOP, "checkout", Level.TRACE))
                .isTrue();
    }

    @Test
    void needsEveryConditionToHold() {
        RouteConfig route = route(
                Set.of("shop*"), Set.of(Level.ERROR), Set.of("checkout"), Set.of("eu", "ch"), Map.of("env", "prod"));

        assertThat(route.matches(SHOP, "checkout", Level.ERROR)).isTrue();
        assertThat(route.matches(SHOP, "checkout", Level.CRITICAL))
                .as("levels are meant exactly")
                .isFalse();
        assertThat(route.matches(SourceInfo.named("shop-1"), "shop-1", Level.ERROR))
                .isFalse();
    }

    @Test
    void comparesServicesRegionsAndTags() {
        assertThat(route(Set.of(), Set.of(), Set.of("other"), Set.of(), Map.of())
                        .matches(SHOP, "checkout", Level.INFO))
                .isFalse();
        assertThat(route(Set.of(), Set.of(), Set.of("app"), Set.of(), Map.of())
                        .matches(SourceInfo.named("syslog"), "app", Level.INFO))
                .as("the line names it")
                .isTrue();
        assertThat(route(Set.of(), Set.of(), Set.of(), Set.of("us"), Map.of()).matches(SHOP, "checkout", Level.INFO))
                .isFalse();
        assertThat(route(Set.of(), Set.of(), Set.of(), Set.of("us"), Map.of())
                        .matches(SourceInfo.named("app"), "app", Level.INFO))
                .as("of no region")
                .isFalse();
        assertThat(route(Set.of(), Set.of(), Set.of(), Set.of(), Map.of("env", "prod", "team", "b"))
                        .matches(SHOP, "checkout", Level.INFO))
                .isFalse();
    }

    private static RouteConfig route(
            Set<String> sources,
            Set<Level> levels,
            Set<String> services,
            Set<String> regions,
            Map<String, String> tags) {
        return new RouteConfig(sources, levels, services, regions, tags, Set.of("out"), false);
    }
}
