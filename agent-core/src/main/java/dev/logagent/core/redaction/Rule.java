package dev.logagent.core.redaction;

import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.config.RedactionConfig.Preset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One rule at work. Confined to one thread. */
final class Rule {

    private final String name;
    private final Finder finder;
    private final Edits edits;
    private long matches;

    Rule(RedactionConfig config) {
        this.name = config.name();
        this.finder = finder(config);
        this.edits = new Edits(config.replacement().getBytes(StandardCharsets.UTF_8));
    }

    private static Finder finder(RedactionConfig config) {
        Preset preset = config.preset();
        String pattern = config.pattern();
        if (preset == null) {
            return new PatternFinder(pattern == null ? "" : pattern, config.replacement());
        }
        return switch (preset) {
            case EMAIL -> new EmailFinder();
            case IPV4 -> new Ipv4Finder();
            case IPV6 -> new Ipv6Finder();
            case CREDIT_CARD -> new CardFinder();
            case IBAN -> new IbanFinder();
            case US_SSN -> new SsnFinder();
            case BEARER_TOKEN -> new BearerFinder();
            case JWT -> PrefixFinder.webTokens();
            case API_TOKEN -> PrefixFinder.apiTokens();
            case AWS_ACCESS_KEY -> PrefixFinder.awsAccessKeys();
            case PRIVATE_KEY -> new PrivateKeyFinder();
            case URL_PASSWORD -> new UrlPasswordFinder();
            case SECRETS -> new SecretsFinder();
        };
    }

    String name() {
        return name;
    }

    /** The line with all matches replaced, or null if there is none. */
    byte @Nullable [] redacted(byte[] bytes, int start, int end) {
        edits.begin(bytes, start);
        finder.find(bytes, start, end, edits);
        matches += edits.count();
        return edits.result(end);
    }

    /** How many matches there were since the last call. */
    long takeMatches() {
        long taken = matches;
        matches = 0;
        return taken;
    }
}
