package dev.logagent.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.RedactionConfig.Preset;
import dev.logagent.core.testing.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RedactionConfigTest {

    private static final SourceInfo SOURCE = source("eu");
    private static final SourceInfo NOWHERE = source(null);

    private static SourceInfo source(@Nullable String region) {
        return new SourceInfo("web-1", null, null, null, region, "secret", Map.of());
    }

    private static OutputConfig output(String name, String... regions) {
        return new OutputConfig(
                name, Settings.in(Path.of("/state")).source("a", "/a").agent().global(), Set.of(regions));
    }

    private static RedactionConfig rule(
            Set<String> sources,
            Set<String> regions,
            Set<String> classifications,
            Set<String> outputs,
            boolean leavingRegion) {
        return new RedactionConfig(
                "r", Preset.EMAIL, null, "", sources, regions, classifications, outputs, leavingRegion);
    }

    @Test
    void appliesEverywhereWithoutConditions() {
        RedactionConfig rule = rule(Set.of(), Set.of(), Set.of(), Set.of(), false);

        assertThat(rule.appliesTo(SOURCE, output("a", "eu"))).isTrue();
        assertThat(rule.appliesTo(NOWHERE, output("a"))).isTrue();
    }

    @Test
    void appliesOnlyWhereAllConditionsHold() {
        OutputConfig output = output("a");

        assertThat(rule(Set.of("web-*"), Set.of("eu"), Set.of("secret"), Set.of("a"), true)
                        .appliesTo(SOURCE, output))
                .isTrue();
        assertThat(rule(Set.of("db-*"), Set.of(), Set.of(), Set.of(), false).appliesTo(SOURCE, output))
                .isFalse();
        assertThat(rule(Set.of(), Set.of("us"), Set.of(), Set.of(), false).appliesTo(SOURCE, output))
                .isFalse();
        assertThat(rule(Set.of(), Set.of("us"), Set.of(), Set.of(), false).appliesTo(NOWHERE, output))
                .isFalse();
        assertThat(rule(Set.of(), Set.of(), Set.of("public"), Set.of(), false).appliesTo(SOURCE, output))
                .isFalse();
        assertThat(rule(Set.of(), Set.of(), Set.of(), Set.of("b"), false).appliesTo(SOURCE, output))
                .isFalse();
    }

    @Test
    void appliesOnTheWayOutOfTheRegionAndWhereThatIsNotKnown() {
        RedactionConfig rule = rule(Set.of(), Set.of(), Set.of(), Set.of(), true);

        assertThat(rule.appliesTo(SOURCE, output("a", "eu"))).isFalse();
        assertThat(rule.appliesTo(SOURCE, output("a", "us"))).isTrue();
        assertThat(rule.appliesTo(SOURCE, output("a", "eu", "us"))).isTrue();
        assertThat(rule.appliesTo(SOURCE, output("a"))).isTrue();
        assertThat(rule.appliesTo(NOWHERE, output("a", "eu"))).isTrue();
    }

    @Test
    void looksEitherForAPresetOrForAPattern() {
        Set<String> any = Set.of();

        assertThatThrownBy(() -> new RedactionConfig("r", null, null, "", any, any, any, any, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RedactionConfig("r", Preset.JWT, "x", "", any, any, any, any, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
