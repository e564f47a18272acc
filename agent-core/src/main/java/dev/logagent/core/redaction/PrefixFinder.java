package dev.logagent.core.redaction;

import java.util.Arrays;

/** Tokens that begin with something telling, and go on with letters, digits and a few other characters. */
final class PrefixFinder implements Finder {

    private static final Kind[] NONE = {};

    /** By the first character of the prefix. */
    private final Kind[][] kinds = new Kind[128][];

    private int shortest = Integer.MAX_VALUE;

    /**
     * @param others what the token may hold besides letters and digits
     * @param least how many characters must follow the prefix
     * @param dots how many dots the token must have, with something between them
     */
    private record Kind(String prefix, String others, int least, int dots) {

        boolean holds(byte b) {
            return Scan.isAlphanumeric(b) || others.indexOf(b) >= 0;
        }
    }

    private PrefixFinder() {
        Arrays.fill(kinds, NONE);
    }

    /** The identifiers of AWS access keys. */
    static PrefixFinder awsAccessKeys() {
        return new PrefixFinder().with("", 16, 0, "AKIA", "ASIA", "ABIA", "ACCA", "AGPA", "AIDA", "AROA", "ANPA");
    }

    /** JSON web tokens: three parts in base64url, the first two of which begin with an opening brace. */
    static PrefixFinder webTokens() {
        return new PrefixFinder().with("-_.", 20, 2, "eyJ");
    }

    /** Tokens of well-known services. */
    static PrefixFinder apiTokens() {
        return new PrefixFinder()
                .with("_", 36, 0, "ghp_", "gho_", "ghu_", "ghs_", "ghr_")
                .with("_", 50, 0, "github_pat_")
                .with("-_", 20, 0, "glpat-", "xoxb-", "xoxp-", "xoxa-", "xoxs-", "xoxr-", "xapp-")
                .with("", 16, 0, "sk_live_", "rk_live_", "sk_test_", "rk_test_")
                .with("-_", 20, 0, "hvs.", "dckr_pat_", "pypi-")
                .with("-_", 40, 0, "sk-")
                .with("-_", 35, 0, "AIza")
                .with("", 36, 0, "npm_")
                .with("-_.", 60, 1, "SG.");
    }

    private PrefixFinder with(String others, int least, int dots, String... prefixes) {
        for (String prefix : prefixes) {
            Kind[] before = kinds[prefix.charAt(0)];
            Kind[] all = Arrays.copyOf(before, before.length + 1);
            all[before.length] = new Kind(prefix, others, least, dots);
            kinds[prefix.charAt(0)] = all;
            shortest = Math.min(shortest, prefix.length() + least);
        }
        return this;
    }

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int at = start;
        while (end - at >= shortest) {
            int last = -1;
            Kind[] possible = bytes[at] < 0 ? NONE : kinds[bytes[at]];
            if (possible.length > 0 && !Scan.isWordAt(bytes, at - 1, start, end)) {
                for (int i = 0; i < possible.length && last < 0; i++) {
                    // Each run of characters that tokens may hold is looked at once, or the time would not be linear.
                    last = at > start && possible[i].holds(bytes[at - 1]) ? -1 : token(possible[i], bytes, at, end);
                }
            }
            if (last > 0) {
                edits.redact(at, last);
            }
            at = Math.max(last, at + 1);
        }
    }

    /** Where the token ends, or -1. */
    private static int token(Kind kind, byte[] bytes, int from, int end) {
        int first = from + kind.prefix.length();
        for (int at = from; at < first; at++) {
            if (at >= end || bytes[at] != kind.prefix.charAt(at - from)) {
                return -1;
            }
        }
        int dots = 0;
        int last = first;
        while (last < end && kind.holds(bytes[last])) {
            dots += bytes[last] == '.' ? 1 : 0;
            last++;
        }
        while (last > first && bytes[last - 1] == '.') {
            last--;
            dots--;
        }
        return last - first >= kind.least && dots >= kind.dots ? last : -1;
    }
}
