package dev.logagent.core.config;

import dev.logagent.api.SourceInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which regions events may be sent to. Without a rule that matches, an event may go anywhere.
 *
 * <p>The one place to ask, whoever sends: routing asks before anything is read, and whoever sends again what was kept on disk
 * (spool, dead letters) asks with the region and the classification that were kept with it, since the rules may have
 * changed. All end points of an output lie in its regions, so failover cannot cross a border.
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

        private boolean matches(@Nullable String ofRegion, @Nullable String classified) {
            return (region == null || region.equals(ofRegion))
                    && (classification == null || classification.equals(classified));
        }
    }

    /** Whether events of the source may be sent to the output. An output that names no region is in none. */
    public boolean permits(SourceInfo source, OutputConfig output) {
        return forbidding(source, output).isEmpty();
    }

    /** The first rule that keeps events of the source from the output; empty if none does. */
    public Optional<Rule> forbidding(SourceInfo source, OutputConfig output) {
        return forbidding(source.region(), source.classification(), output);
    }

    /**
     * The first rule that keeps an event from the output; empty if none does.
     *
     * @param region the region that the event belongs to, or null if it has none
     * @param classification how confidential it is, or null if that is not said
     */
    public Optional<Rule> forbidding(@Nullable String region, @Nullable String classification, OutputConfig output) {
        return rules.stream()
                .filter(rule -> rule.matches(region, classification))
                .filter(rule -> output.regions().isEmpty() || !rule.permitted().containsAll(output.regions()))
                .findFirst();
    }
}
