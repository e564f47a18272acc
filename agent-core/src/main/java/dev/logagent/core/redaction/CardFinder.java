package dev.logagent.core.redaction;

/**
 * Numbers of payment cards: 13 to 19 digits without a gap, or in the groups that are printed on cards, with spaces or
 * hyphens between them. The first digits must be those of an issuer, and the check digit right (Luhn): other long numbers
 * pass, but for one in about twenty.
 */
final class CardFinder implements Finder {

    private static final int LEAST = 13;
    private static final int MOST = 19;

    /** How cards group their digits. */
    private static final int[][] GROUPS = {{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}};

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int at = start;
        while (end - at >= LEAST) {
            // A card begins with four digits: if the fourth byte is none, it begins at none of the four.
            if (!Scan.isDigit(bytes[at + 3])) {
                at += 4;
                continue;
            }
            int first = at + 3;
            while (first > at && Scan.isDigit(bytes[first - 1])) {
                first--;
            }
            int run = at + 4;
            while (run < end && Scan.isDigit(bytes[run])) {
                run++;
            }
            int last = begins(bytes, first, start) ? card(bytes, first, run, end) : -1;
            if (last > 0) {
                edits.redact(first, last);
            }
            at = Math.max(last, run);
        }
    }

    /** Not in a word, and not after a decimal point. */
    private static boolean begins(byte[] bytes, int at, int start) {
        return !Scan.isWordAt(bytes, at - 1, start, at)
                && !(at - 2 >= start && bytes[at - 1] == '.' && Scan.isDigit(bytes[at - 2]));
    }

    /** Where the card number ends that begins with the digits {@code bytes[at .. run)}, or -1. */
    private static int card(byte[] bytes, int at, int run, int end) {
        if (run - at >= LEAST && run - at <= MOST) {
            return isCard(bytes, at, run, end) ? run : -1;
        }
        if (run - at == 4 && run < end && (bytes[run] == ' ' || bytes[run] == '-')) {
            for (int[] groups : GROUPS) {
                int last = grouped(bytes, at, end, groups, bytes[run]);
                if (last > 0 && isCard(bytes, at, last, end)) {
                    return last;
                }
            }
        }
        return -1;
    }

    private static int grouped(byte[] bytes, int from, int end, int[] groups, byte separator) {
        int at = from;
        for (int group = 0; group < groups.length; group++) {
            if (group > 0 && (at >= end || bytes[at++] != separator)) {
                return -1;
            }
            int first = at;
            while (at < end && at - first < groups[group] && Scan.isDigit(bytes[at])) {
                at++;
            }
            if (at - first < groups[group]) {
                return -1;
            }
        }
        return at;
    }

    private static boolean isCard(byte[] bytes, int from, int to, int end) {
        int sum = 0;
        int digits = 0;
        for (int at = to - 1; at >= from; at--) {
            if (Scan.isDigit(bytes[at])) {
                int digit = bytes[at] - '0';
                int weighted = digits % 2 == 0 ? digit : digit * 2;
                sum += weighted > 9 ? weighted - 9 : weighted;
                digits++;
            }
        }
        return sum % 10 == 0 && isIssued(number(bytes, from, 4), digits) && !Scan.isWordAt(bytes, to, from, end);
    }

    private static int number(byte[] bytes, int from, int digits) {
        int number = 0;
        for (int at = from; at < from + digits; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    /** By the first four digits: Visa, Mastercard, American Express, Diners Club, JCB, Discover, UnionPay, Maestro. */
    private static boolean isIssued(int prefix, int digits) {
        int two = prefix / 100;
        if (two / 10 == 4) {
            return digits == 13 || digits == 16 || digits == 19;
        }
        if ((two >= 51 && two <= 55) || (prefix >= 2221 && prefix <= 2720)) {
            return digits == 16;
        }
        if (two == 34 || two == 37) {
            return digits == 15;
        }
        if (two == 30 || two == 36 || two == 38 || two == 39) {
            return digits >= 14;
        }
        boolean manyLengths = two == 35 || two == 50 || (two >= 56 && two <= 69);
        return manyLengths && digits >= 16;
    }
}
