package dev.logagent.core.config;

import dev.logagent.api.SourceInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which regions events may be sent to. Without a rule that matches, an event may go anywhere.
 *
 * @param rules all that match must permit an output
 */
public record SovereigntyConfig(List<Rule> rules) {

    /** Nothing is restricted. */
    public static final SovereigntyConfig NONE = new SovereigntyConfig(List.of());

    public SovereigntyConfig {
        rules = List.copyOf(rules);
    }

    /**
     * One restriction.
     *
     * @param region events of this region are meant; null for events of any region
     * @param classification events of this classification are meant; null for any
     * @param permitted the regions that such events may be sent to: every region of an output must be among them
     */
    public record Rule(@Nullable String region, @Nullable String classification, Set<String> permitted) {

        public Rule {
            permitted = Set.copyOf(permitted);
        }

        private boolean matches(SourceInfo source) {
            return (region == null || region.equals(source.region()))
                    && (classification == null || classification.equals(source.classification()));
        }
    }

    /** Whether events of the source may be sent to the output. An output that names no region is in none. */
    public boolean permits(SourceInfo source, OutputConfig output) {
        return forbidding(source, output).isEmpty();
    }

    /** The first rule that keeps events of the source from the output; empty if none does. */
    public Optional<Rule> forbidding(SourceInfo source, OutputConfig output) {
        return rules.stream()
                .filter(rule -> rule.matches(source))
                .filter(rule -> output.regions().isEmpty() || !rule.permitted().containsAll(output.regions()))
                .findFirst();
    }
}
