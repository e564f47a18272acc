package dev.logagent.core.config;

import dev.logagent.api.SourceInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule that keeps something from leaving. All conditions must hold for it to be applied; an empty one always does.
 *
 * @param name names the rule where matches are counted; unique
 * @param preset what is looked for, or null if it is a pattern
 * @param pattern a regular expression in the syntax of RE2, or null if it is a preset
 * @param replacement what takes the place of a match; with a pattern, {@code $0} to {@code $9} stand for its groups
 * @param sources names of sources, {@code *} standing for any characters
 * @param regions the regions that events belong to
 * @param classifications how confidential the events are
 * @param outputs names of the outputs on whose way the rule is applied
 * @param leavingRegion whether it is applied only on the way to outputs outside the event's region
 */
public record RedactionConfig(
        String name,
        @Nullable Preset preset,
        @Nullable String pattern,
        String replacement,
        Set<String> sources,
        Set<String> regions,
        Set<String> classifications,
        Set<String> outputs,
        boolean leavingRegion) {

    /** What takes the place of a match if nothing else is said. */
    public static final String REPLACEMENT = "[REDACTED]";

    /** What the agent knows to look for. */
    public enum Preset {
        EMAIL("e-mail addresses, with `%40` for the `@` too"),
        IPV4("IPv4 addresses; a version number of four parts looks the same"),
        IPV6("IPv6 addresses"),
        CREDIT_CARD("numbers of payment cards: solid or in groups, of a known issuer, with a valid check digit (Luhn)"),
        IBAN("international bank account numbers with valid check digits"),
        US_SSN("US social security numbers written `123-45-6789`"),
        BEARER_TOKEN("what follows `Bearer` and looks like a token"),
        JWT("JSON web tokens"),
        API_TOKEN(
                "tokens that tell by their beginning whose they are: GitHub, GitLab, Slack, Stripe, Google, npm and others"),
        AWS_ACCESS_KEY("identifiers of AWS access keys"),
        PRIVATE_KEY("PEM private keys, as far as they stand in one event"),
        URL_PASSWORD("the password in `scheme://user:password@host`"),
        SECRETS("values whose key ends with `password`, `passwd`, `pwd`, `passphrase`, `secret`, `token`, `api_key`,"
                + " `access_key`, `secret_key`, `private_key`, `credentials`, `authorization` or `cookie`, in"
                + " `key=value`, `key: value` and JSON");

        private final String doc;

        Preset(String doc) {
            this.doc = doc;
        }

        /** What it finds, for the user. */
        public String doc() {
            return doc;
        }
    }

    /** @throws IllegalArgumentException unless there is either a preset or a pattern */
    public RedactionConfig {
        if ((preset == null) == (pattern == null)) {
            throw new IllegalArgumentException("redaction '" + name + "' needs either a preset or a pattern");
        }
        sources = Set.copyOf(sources);
        regions = Set.copyOf(regions);
        classifications = Set.copyOf(classifications);
        outputs = Set.copyOf(outputs);
    }

    /** Whether the rule is applied to events of the source on their way to the output. */
    public boolean appliesTo(SourceInfo source, OutputConfig output) {
        return (sources.isEmpty() || sources.stream().anyMatch(like -> RouteConfig.isLike(source.name(), like)))
                && (regions.isEmpty() || (source.region() != null && regions.contains(source.region())))
                && (classifications.isEmpty()
                        || (source.classification() != null && classifications.contains(source.classification())))
                && (outputs.isEmpty() || outputs.contains(output.name()))
                && !(leavingRegion && isWithin(source.region(), output));
    }

    /** Where one of both is unknown, the event may leave. */
    private static boolean isWithin(@Nullable String region, OutputConfig output) {
        return region != null && output.regions().equals(Set.of(region));
    }
}
