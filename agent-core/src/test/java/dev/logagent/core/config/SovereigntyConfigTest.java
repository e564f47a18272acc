package dev.logagent.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.SovereigntyConfig.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SovereigntyConfigTest {

    private static final Rule EU_STAYS = new Rule("eu", null, Set.of("eu", "ch"));
    private static final Rule SECRETS_STAY = new Rule(null, "secret", Set.of("ch"));

    private final SovereigntyConfig borders = new SovereigntyConfig(List.of(EU_STAYS, SECRETS_STAY));

    @Test
    void permitsEverythingWithoutARuleThatHolds() {
        assertThat(SovereigntyConfig.NONE.permits(source("eu", "secret"), output("us")))
                .isTrue();
        assertThat(borders.permits(source("us", null), output("us"))).isTrue();
        assertThat(borders.permits(source(null, "public"), output())).isTrue();
    }

    @Test
    void permitsOnlyOutputsThatLieInPermittedRegionsAltogether() {
        assertThat(borders.permits(source("eu", null), output("eu"))).isTrue();
        assertThat(borders.permits(source("eu", null), output("ch", "eu"))).isTrue();
        assertThat(borders.permits(source("eu", null), output("eu", "us"))).isFalse();
        assertThat(borders.permits(source("eu", null), output()))
                .as("of no region")
                .isFalse();
    }

    @Test
    void needsThePermissionOfEveryRuleThatHolds() {
        assertThat(borders.permits(source("eu", "secret"), output("eu"))).isFalse();
        assertThat(borders.permits(source("eu", "secret"), output("ch"))).isTrue();
    }

    @Test
    void namesTheRuleThatForbids() {
        assertThat(borders.forbidding(source("eu", "secret"), output("us"))).contains(EU_STAYS);
        assertThat(borders.forbidding(source("eu", "secret"), output("eu"))).contains(SECRETS_STAY);
        assertThat(borders.forbidding(source("eu", "secret"), output("ch"))).isEmpty();
    }

    @Test
    void judgesWhatWasKeptOnDiskLikeWhatIsRead() {
        for (@Nullable String region : new @Nullable String[] {null, "eu", "ch", "us"}) {
            for (@Nullable String classification : new @Nullable String[] {null, "secret", "public"}) {
                for (OutputConfig output : List.of(output(), output("eu"), output("ch"), output("eu", "us"))) {
                    assertThat(borders.forbidding(region, classification, output))
                            .isEqualTo(borders.forbidding(source(region, classification), output));
                }
            }
        }
    }

    @Test
    void appliesARuleWithBothConditionsOnlyWhereBothHold() {
        SovereigntyConfig both = new SovereigntyConfig(List.of(new Rule("eu", "secret", Set.of("eu"))));

        assertThat(both.permits(source("eu", "secret"), output("us"))).isFalse();
        assertThat(both.permits(source("eu", null), output("us"))).isTrue();
        assertThat(both.permits(source("us", "secret"), output("us"))).isTrue();
    }

    private static SourceInfo source(@Nullable String region, @Nullable String classification) {
        return new SourceInfo("app", null, null, null, region, classification, Map.of());
    }

    private static OutputConfig output(String... regions) {
        GlobalConfig delivery = new GlobalConfig(
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
        return new OutputConfig("out", delivery, Set.of(regions));
    }
}
